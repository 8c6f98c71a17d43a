"""A picture of an annotated article, painted by the page itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QEvent, QIODevice, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from annotator.core.errors import StorageError
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.formats.format import Left, Put, Tagged
from annotator.storage.disk.outputs import Outputs
from annotator.ui.exchange.output_place import OutputPlace, place_of
from annotator.ui.page.column import COLUMN, GUTTER
from annotator.ui.page.page import Page
from annotator.ui.talk import Talk
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.widgets.chip_labels import SourceLabels

CHIPS = 264
"""Pixels right of the words, for chips: two of them as long as those of the sample."""

TALLEST = 30_000
"""Pixels; Qt's pictures end at 32,767, so that a long article is cut."""


def write_pictures(files: Iterable[Tagged], put: Put) -> Iterator[Left]:
    """Put a picture of each annotation file; nothing that a picture can show is left.

    Raises `StorageError` where a picture cannot be made.
    """
    ensure_application()
    for tagged in files:
        picture = paint(tagged.article, Tagging(tagged.document.annotations), tagged.registry)
        put(f"{tagged.name}.png", as_png(picture, tagged.name))
        yield from ()


def ensure_application() -> None:
    """Make what Qt needs to paint, where there is no window."""
    # The window's own has its style, and a new one for all that it shows crashed now and then.
    application = QApplication.instance() or QApplication(["annotator", "-style", "Fusion"])
    assert isinstance(application, QApplication)


def paint(
    article: Article, tagging: Tagging, registry: Registry, theme: Theme = LIGHT, scale: float = 2.0
) -> QImage:
    """The whole article with its tags, as long as it is, at ``scale`` pixels to the point."""
    page = page_of(article, tagging, registry, theme)
    height = int(page.document().size().height())
    page.resize(page.width(), min(height, int(TALLEST / scale)))
    pixels = QPixmap(page.size() * scale)
    pixels.setDevicePixelRatio(scale)
    page.render(pixels)
    let_go(page)
    return pixels.toImage()


def page_of(article: Article, tagging: Tagging, registry: Registry, theme: Theme) -> Page:
    """A page of the window that nobody sees, as wide as words and chips need."""
    page = Page(SourceLabels(lambda: registry))
    page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    page.set_theme(theme)
    column = QFontMetricsF(page.font()).averageCharWidth() * COLUMN
    page.resize(round(GUTTER + column) + CHIPS, 200)
    page.show_article(article, tagging)
    page.show()
    return page


def let_go(page: Page) -> None:
    """Be done with a page now: else it goes when Python finds it, perhaps amid its own event."""
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)


def as_png(image: QImage, name: str) -> bytes:
    """The picture as PNG; raises `StorageError`, with the ``name`` of what it shows."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise StorageError(f"{name}: the picture could not be made; is the article very long?")
    return bytes(data.data())


def ask_where(
    parent: QWidget, talk: Talk, folder: Path, name: str, *suffixes: str
) -> OutputPlace | None:
    """Ask where a picture is to lie, ``name`` in the ``folder`` if nothing else is chosen.

    A name that says none of the ``suffixes`` gets that of the kind chosen.
    """
    kinds = {f"{suffix[1:].upper()} (*{suffix})": suffix for suffix in suffixes}
    proposal = str(folder / f"{name}{suffixes[0]}")
    asked = QFileDialog.getSaveFileName(parent, "Save the picture", proposal, ";;".join(kinds))
    chosen, kind = asked
    named = Path(chosen).suffix.lower() in suffixes
    return place_of(talk, chosen, "" if named else kinds.get(kind, suffixes[0]))


def write(image: QImage, place: OutputPlace) -> None:
    """Write the picture as PNG, whole or not at all; raises `StorageError`, as `Outputs` does."""
    Outputs(replace=place.replace).write(place.path, as_png(image, str(place.path)))
