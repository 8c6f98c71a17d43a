"""A picture of an annotated article, painted by the page itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication

from annotator.core.article import Article
from annotator.core.errors import StorageError
from annotator.core.tagging import Tagging
from annotator.storage.disk import make_folder, replace_file
from annotator.storage.reading import read_tagged
from annotator.ui.page.page import Page
from annotator.ui.theme import LIGHT, Theme

WIDTH = 760
"""Pixels, before scaling."""

TALLEST = 30_000
"""Pixels; Qt's pictures end at 32,767, so that a long article is cut."""


def export_pictures(files: Sequence[Path], out: Path) -> Iterator[Path]:
    """Write a picture of each annotation file and name it.

    ``out`` is the picture of a single file; of several, the folder for all of them.
    Raises `AnnotatorError` at the first file that cannot be read or written.
    """
    application = QApplication.instance() or QApplication(["annotator"])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    for file in files:
        article, document = read_tagged(file)
        picture = out if len(files) == 1 else out / f"{file.stem}.png"
        make_folder(picture.absolute().parent)
        write(paint(article, Tagging(document.annotations)), picture)
        yield picture


def paint(article: Article, tagging: Tagging, theme: Theme = LIGHT, scale: float = 2.0) -> QImage:
    """The whole article with its tags, as long as it is, at ``scale`` pixels to the point."""
    page = Page()
    page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    page.set_theme(theme)
    page.resize(WIDTH, 200)
    page.show_article(article, tagging)
    page.show()
    height = int(page.document().size().height())
    page.resize(WIDTH, min(height, int(TALLEST / scale)))
    pixels = QPixmap(page.size() * scale)
    pixels.setDevicePixelRatio(scale)
    page.render(pixels)
    page.close()
    return pixels.toImage()


def write(image: QImage, path: Path) -> None:
    """Write the picture as PNG, whole or not at all; raises `StorageError`."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise StorageError(f"{path}: the picture could not be made; is the article very long?")
    replace_file(path, bytes(data.data()))
