"""A picture of an annotated article, painted by the page itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPixmap

from annotator.core.article import Article
from annotator.core.errors import StorageError
from annotator.core.tagging import Tagging
from annotator.storage.disk import replace_file
from annotator.ui.page.page import Page
from annotator.ui.theme import LIGHT, Theme

WIDTH = 760
"""Pixels, before scaling."""

TALLEST = 30_000
"""Pixels; Qt's pictures end at 32,767, so that a long article is cut."""


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
