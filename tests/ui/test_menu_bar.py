"""F10 goes to the menus and comes back, as in other programs."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

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


def test_f10_again_and_esc_close_it_and_the_text_has_the_keyboard(
    anna: Hands, qtbot: QtBot
) -> None:
    for key in ("F10", "Esc"):
        anna.press("F10")
        QTest.keySequence(opened(), key)
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
        anna.turn_to()  # without a screen no window manager gives the keyboard back
        assert anna.window.page.hasFocus()
