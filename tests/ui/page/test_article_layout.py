from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui.page.column import GUTTER
from annotator.ui.page.page import Page
from annotator.ui.theme import DARK
from tests.ui.looking import pixels_of
from tests.ui.page.plain import NoLabels

SCRIPTS = st.text(
    st.one_of(
        st.sampled_from("ab c\n\t.\u00a0\u2028\u2029\ufdd0\ufdd1\u200d\u0301\ufeff\u200f"),
        st.sampled_from("\U0001f600\U0001f1f0\U0001f1f7\U00020000خبر조선平éÅß"),
        st.characters(codec="utf-8", exclude_characters="\0\r"),
    ),
    min_size=1,
    max_size=40,
)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page(NoLabels())
    qtbot.addWidget(page)
    return page


@given(SCRIPTS, st.data())
def test_positions_go_in_and_come_out_the_same(
    qapp: QApplication, text: str, data: st.DataObject
) -> None:
    page = Page(NoLabels())
    page.show_article(Article(text), Tagging())
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    page.select(start, end)
    assert page.selection == (start, end)
    assert page.caret == end


@given(SCRIPTS)
def test_qt_has_a_place_for_every_character_and_no_more(qapp: QApplication, text: str) -> None:
    page = Page(NoLabels())
    page.show_article(Article(text), Tagging())
    units = len(text.encode("utf-16-le")) // 2
    assert page.document().characterCount() == units + 1
    assert page.offsets.to_units(len(text)) == units


@given(SCRIPTS)
def test_every_paragraph_has_a_number_and_empty_ones_that_of_the_one_before(
    qapp: QApplication, text: str
) -> None:
    page = Page(NoLabels())
    page.show_article(Article(text), Tagging())
    numbers = [page.paragraph_at(position) for position in range(len(text) + 1)]
    assert numbers == sorted(numbers)
    assert len(page.text.numbers) == page.document().blockCount()


@pytest.mark.parametrize(
    "first", ["\ufeff", "\ufeff\ufeff", "\ufffe", "\ufeff\n", "\u200b", "\x01"]
)
def test_whatever_a_text_begins_with_its_words_are_where_they_are(page: Page, first: str) -> None:
    text = f"{first}Kim said so."
    page.show_article(Article(text), Tagging())
    start = page.offsets.to_units(text.index("said"))
    cursor = QTextCursor(page.document())
    cursor.setPosition(start)
    cursor.setPosition(start + len("said"), QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "said"


def test_paragraphs_are_counted_as_an_editor_would(page: Page) -> None:
    text = "one\n\ntwo\n \nthree"
    page.show_article(Article(text), Tagging())
    places = [text.index(word) for word in ("one", "two", "three")]
    assert [page.paragraph_at(place) for place in places] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "at", "sentence"),
    [
        ("Piove. È così! Fine.", "così", "È così!"),
        ("Piove. È così! Fine.", "Piove", "Piove."),
        ("Piove. È così! Fine.", "Fine", "Fine."),
        ("\U0001f600 Piove.  È così \U0001f600.  Fine.", "così", "È così \U0001f600."),
        ("Prima.\nSenza punto", "punto", "Senza punto"),
        ("조선은 확인했다. 연합뉴스가 보도했다.", "연합", "연합뉴스가 보도했다."),
        ("平壌が確認した。聯合が報じた。", "聯合", "聯合が報じた。"),
    ],
)
def test_the_sentence_around_the_caret(page: Page, text: str, at: str, sentence: str) -> None:
    page.show_article(Article(text), Tagging())
    page.put_caret(text.index(at) + 1)
    page.select_sentence()
    start, end = page.selection
    assert text[start:end] == sentence


def test_the_sentence_of_an_empty_paragraph_is_empty(page: Page) -> None:
    page.show_article(Article("a.\n\nb."), Tagging())
    page.put_caret(3)
    page.select_sentence()
    assert page.selection == (3, 3)


def test_another_article_is_shown_from_the_top_and_the_former_is_let_go(
    page: Page, qtbot: QtBot
) -> None:
    page.show_article(Article("one " * 5000), Tagging())
    page.put_caret(19_000)
    former = page.document()
    with qtbot.waitSignal(former.destroyed):
        page.show_article(Article("two"), Tagging())
    assert page.verticalScrollBar().value() == 0
    assert page.caret == 0


def test_the_column_is_about_seventy_characters_wide_where_there_is_room(
    page: Page,
) -> None:
    page.show_article(Article("na " * 200), Tagging())
    page.show()
    page.resize(2000, 400)
    wide = page.document().firstBlock().layout().lineAt(0).textLength()
    page.resize(400, 400)
    narrow = page.document().firstBlock().layout().lineAt(0).textLength()
    assert 60 <= wide <= 85
    assert narrow < 45


def test_where_there_is_room_to_spare_the_page_stands_in_the_middle(page: Page) -> None:
    page.show_article(Article("na " * 5000), Tagging())
    page.set_theme(DARK)
    page.show()
    page.resize(2000, 400)
    line = page.viewport().x() + GUTTER
    assert 500 < line < 800
    assert pixels_of(page).pixelColor(5, 200) == DARK.page
    page.resize(900, 400)
    assert page.viewport().x() == 0


def test_the_wheel_turns_the_page_from_the_room_beside_it(page: Page) -> None:
    page.show_article(Article("na " * 5000), Tagging())
    page.show()
    page.resize(2000, 400)
    place = QPointF(5, 200)
    plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(place, place, QPoint(), QPoint(0, -120), *plain, False)
    QApplication.sendEvent(page, turn)
    assert page.verticalScrollBar().value() > 0
