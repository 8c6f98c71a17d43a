"""Words of every script: what is selected on the screen is what stands in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Begin
from tests.ui.hands import Hands

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
TEXT = (
    f"\U0001f1f0\U0001f1f7 Yonhap \U0001f600 scrive {FAMILY} che piove.\n"
    "قالت وكالة يونهاب إن القوات وصلت إلى روسيا اليوم.\n"
    "조선중앙통신은 파병을 공식 확인했다고 연합뉴스가 보도했다.\n"
    "Cafe\u0301 a\u0300 Nîmes, e\u0301crit l’AFP.\n"
    "Mixed: وكالة Yonhap قالت \U00020000\U0002a6d6 in 平壌.\n"
    "\n"
    "Before\u2028after, no\u00a0break here."
)
WORDS = [
    "scrive",
    "\U0001f600",
    FAMILY,
    "che piove",
    "وكالة يونهاب",
    "روسيا",
    "파병을 공식",
    "연합뉴스가",
    "Cafe\u0301",
    "e\u0301crit",
    "AFP",
    "Yonhap قالت",
    "\U00020000\U0002a6d6",
    "平壌",
    "after",
    "no\u00a0break",
]


@pytest.fixture
def hands(begin: Begin, tmp_path: Path) -> Hands:
    article = tmp_path / "scripts.txt"
    article.write_text(TEXT, "utf-8")
    return begin(article, "carla")


def shown_selected(hands: Hands) -> str:
    """What Qt shows as selected, in its own words."""
    return hands.app.page.textCursor().selectedText().replace("\u2029", "\n")


def as_shown(words: str) -> str:
    return words.replace("\u2028", "\n").replace("\u00a0", " ")


def select_by_keyboard(hands: Hands, words: str) -> None:
    hands.app.page.put_caret(TEXT.index(words))
    for _ in words:
        if shown_selected(hands).replace("\u00a0", " ") != as_shown(words):
            hands.press("Shift+Right" if is_left_to_right(hands) else "Shift+Left")


def is_left_to_right(hands: Hands) -> bool:
    cursor = hands.app.page.textCursor()
    return not cursor.block().text()[:1].strip() or cursor.block().textDirection().name != (
        "RightToLeft"
    )


@pytest.mark.parametrize("words", WORDS)
def test_the_words_selected_by_keyboard_are_the_words_in_the_file(
    hands: Hands, qtbot: QtBot, words: str
) -> None:
    select_by_keyboard(hands, words)
    hands.press("1", "Ctrl+S")
    qtbot.waitUntil(lambda: hands.is_saved)
    (claim,) = hands.on_disk().annotations
    assert claim.words == words
    assert (claim.start, claim.end) == (TEXT.index(words), TEXT.index(words) + len(words))


@pytest.mark.parametrize("words", WORDS)
def test_a_click_into_the_words_finds_their_tag(hands: Hands, words: str) -> None:
    claim = hands.tag_alone(words, "1")
    hands.press("Esc")
    (box, *_) = (
        piece.box.translated(corner)
        for paragraph, corner in hands.app.page.in_view()
        for piece in paragraph.pieces
    )
    found = hands.app.page.annotations_under(box.center())
    assert found == [claim]


@pytest.mark.parametrize(
    "words", ["no\u00a0break", FAMILY, "وكالة يونهاب", "after", "Before\u2028after"]
)
def test_copying_keeps_every_character(hands: Hands, words: str) -> None:
    hands.select(words)
    hands.press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == words


def test_the_text_never_comes_back_from_the_widget(hands: Hands) -> None:
    hands.press("Ctrl+A", "1")
    (claim,) = hands.tags()
    assert claim.words == TEXT.rstrip(".")
    assert hands.app.page.article.text == TEXT
