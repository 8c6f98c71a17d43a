from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from annotator.ui.panels.rows import isolated, paint_words

ARABIC = "أعلنت وكالة الأنباء المركزية الكورية أن كوريا الشمالية أرسلت قوات إلى روسيا"


@pytest.mark.parametrize(
    "words", ["KCNA: «no»", "◆ le truppe sono partite", "❝ KCNA قالت", "", "2024"]
)
def test_words_in_the_windows_direction_are_painted_as_they_are(words: str) -> None:
    assert isolated(words) == words


@pytest.mark.parametrize("mark", ["", "◆ ", "❝ "])
def test_arabic_words_keep_their_direction_behind_the_mark(mark: str) -> None:
    assert isolated(mark + ARABIC) == f"{mark}\u2068{ARABIC}"


def ink(words: str, width: int) -> list[int]:
    """Of each column how many pixels are not white."""
    image = QImage(width, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    painter = QPainter(image)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.setFont(QFont("Sans", 14))
    paint_words(painter, QRect(0, 0, width, 40), words, palette)
    painter.end()
    white = QColor("white").rgb()
    return [sum(image.pixel(x, y) != white for y in range(40)) for x in range(width)]


def test_what_is_cut_off_arabic_words_is_missing_at_their_left_end(qapp: QApplication) -> None:
    dots = ink("…", 60)
    end = max(x for x, inked in enumerate(dots) if inked)
    assert ink(ARABIC, 200)[: end + 1] == dots[: end + 1]
