"""F10 goes to the menus and comes back, as in other programs."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from annotator.ui.articles.recent import TITLE
from tests.ui.hands import Hands


def opened() -> QMenu:
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    return popup


def test_f10_opens_the_first_menu_with_its_first_entry(anna: Hands, qtbot: QtBot) -> None:
    anna.press("F10")
    assert opened().title() == "&File"
    assert opened().activeAction().text() == "Open &folder…"
    opened().close()


@pytest.mark.parametrize("key", ["K", "1", "2", "Del", "Backspace", "Ctrl+Z", "Ctrl+S", "?"])
def test_no_key_of_the_text_acts_behind_an_open_menu(anna: Hands, key: str) -> None:
    tag = anna.tag_alone("Notizia", "1")
    before = anna.tags()
    anna.press("F10")
    QTest.keySequence(opened(), key)
    assert opened().title() == "&File"
    opened().close()
    assert anna.tags() == before
    assert anna.app.desk.selected == tag.id


def test_letters_choose_entries_of_an_open_menu(anna: Hands) -> None:
    anna.press("F10")
    QTest.keySequence(opened(), "R")
    assert opened().title() == TITLE


def test_f10_again_closes_it_and_the_text_has_the_keyboard(anna: Hands, qtbot: QtBot) -> None:
    anna.press("F10")
    QTest.keySequence(opened(), "F10")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    anna.turn_to()  # without a screen no window manager gives the keyboard back
    assert anna.app.page.hasFocus()


def test_esc_goes_back_step_by_step(anna: Hands, qtbot: QtBot) -> None:
    anna.press("F10")
    QTest.keySequence(opened(), "Esc")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    anna.turn_to()
    QTest.keySequence(anna.window.menuBar(), "Esc")
    assert anna.app.page.hasFocus()
