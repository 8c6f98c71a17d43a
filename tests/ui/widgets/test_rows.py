from __future__ import annotations

from itertools import dropwhile, takewhile

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from annotator.ui.widgets.rows import isolated, paint_words

ARABIC = "أعلنت وكالة الأنباء المركزية الكورية أن كوريا الشمالية أرسلت قوات إلى روسيا"


@pytest.mark.parametrize(
    "words", ["KCNA: «no»", "◆ le truppe sono partite", "❝ KCNA قالت", "", "2024"]
)
def test_words_in_the_windows_direction_are_painted_as_they_are(words: str) -> None:
    assert isolated(words) == words


@pytest.mark.parametrize("mark", ["", "◆ ", "❝ "])
def test_arabic_words_keep_their_direction_behind_the_mark(mark: str) -> None:
    assert isolated(mark + ARABIC) == f"{mark}\u2068{ARABIC}"


def ink(words: str, width: int) -> list[list[int]]:
    """Of each column the rows whose pixels are not white."""
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
    return [[y for y in range(40) if image.pixel(x, y) != white] for x in range(width)]


def first_mark(columns: list[list[int]]) -> tuple[int, int]:
    """The top and bottom of the leftmost mark: of a letter, or of the first of three dots."""
    inked = dropwhile(lambda rows: not rows, columns)
    rows = [y for column in takewhile(bool, inked) for y in column]
    return min(rows), max(rows)


def test_what_is_cut_off_arabic_words_is_missing_at_their_left_end(qapp: QApplication) -> None:
    whole, cut = ink(ARABIC, 1000), ink(ARABIC, 200)
    dot, letter, left = (
        top - bottom for bottom, top in map(first_mark, (ink("…", 60), whole, cut))
    )
    assert left <= dot + 1 < letter
    assert first_mark(cut[::-1]) == first_mark(whole[::-1])
