from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.core.model import Kind
from annotator.ui import theme
from annotator.ui.page.column import GUTTER
from annotator.ui.widgets.key_button import KeyButton
from tests.ui.conftest import Begin
from tests.ui.hands import LEFT, Hands
from tests.ui.looking import pixels_of

TRIM = "Leave blanks and stray punctuation out of new tags"

Part = TypeVar("Part", bound=QWidget)

NATIVE = QKeySequence.SequenceFormat.NativeText


def dialog(hands: Hands) -> QDialog:
    (shown,) = (one for one in hands.window.findChildren(QDialog) if one.isVisible())
    return shown


def page_of(shown: QDialog) -> str:
    (label,) = shown.findChildren(QLabel)
    return label.text()


def in_the_dialog(act: Callable[[QDialog], object]) -> None:
    """Does something in the next dialog that waits for an answer."""

    def meet() -> None:
        waiting = QApplication.activeModalWidget()
        if isinstance(waiting, QDialog):
            act(waiting)
        else:
            QTimer.singleShot(0, meet)

    QTimer.singleShot(0, meet)


def part(parent: QWidget, kind: type[Part], name: str) -> Part:
    (found,) = (one for one in parent.findChildren(kind) if one.accessibleName() == name)
    return found


# Keys


@pytest.mark.parametrize("key", ["F1", "?"])
def test_the_list_of_keys_holds_every_command_that_has_one(carla: Hands, key: str) -> None:
    carla.press(key)
    shown = page_of(dialog(carla))
    for command in (one for one in carla.app.actions.commands if one.keys):
        label = command.label.replace("&", "").rstrip("…")
        keys = [QKeySequence(one).toString(NATIVE) for one in command.keys]
        assert f"{label}</td><td>{' or '.join(keys)}</td>" in shown


def test_the_list_of_keys_holds_the_sources_own(carla: Hands) -> None:
    carla.press("F1")
    shown = page_of(dialog(carla))
    for source in carla.app.desk.registry.sources:
        if source.key:
            assert f"Attribution to {source.label}</td><td>{source.key.upper()}</td>" in shown


def test_the_list_of_keys_goes_with_esc(carla: Hands, qtbot: QtBot) -> None:
    carla.press("F1")
    with qtbot.waitSignal(dialog(carla).rejected):
        carla.press("Esc")
    carla.turn_to()
    carla.tag("Notizia", "1")


def test_every_control_has_a_name_for_those_who_cannot_see_it(anna: Hands) -> None:
    anna.go_to("a-2m7xkq")
    window, app = anna.window, anna.app
    parts = (app.page, app.all_tags, app.article_list, app.inspector)
    fields = [part for part in window.findChildren(QComboBox) if part.isVisible()]
    notes = [part for part in window.findChildren(QPlainTextEdit) if part.isVisible()]
    assert len(fields) == 3
    assert all(one.accessibleName() for one in (*parts, *fields, *notes))


def test_the_tool_strip_has_a_button_for_each_kind_and_keyed_source(carla: Hands) -> None:
    buttons = carla.app.strip.findChildren(KeyButton)
    names = [button.accessibleName() for button in buttons]
    assert names[:3] == ["Claim, key 1", "Quote, key 2", "Attribution…, key 3"]
    assert names[3:5] == ["KCNA, key K", "Yonhap, key Y"]


def test_a_button_of_the_tool_strip_tags_and_leaves_the_text_the_keyboard(carla: Hands) -> None:
    carla.select("Notizia")
    (button,) = (one for one in carla.app.strip.findChildren(KeyButton) if one.text() == "Quote")
    QTest.mouseClick(button, LEFT)
    assert [tag.kind for tag in carla.tags()] == [Kind.QUOTE]
    assert carla.app.page.hasFocus()


def test_the_right_button_offers_what_can_be_done_with_the_tag_there(
    anna: Hands, qtbot: QtBot
) -> None:
    page = anna.app.page
    place = anna.place_of("Come riportato da RBC", inside=5)
    page.menu_wanted.emit(
        page.viewport().mapToGlobal(place), page.annotations_under(QPointF(place))
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    labels = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert labels[:4] == ["Claim", "Quote", "Attribution…", "KCNA"]
    assert "Delete tag" in labels
    assert anna.app.desk.selected == "a-5jq7rc"
    with qtbot.waitSignal(menu.aboutToHide):
        anna.press("Esc")


# How it looks


def test_the_text_grows_shrinks_and_returns(carla: Hands) -> None:
    sizes = []
    for key in ("Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0"):
        carla.press(key)
        sizes.append(carla.app.page.font().pointSizeF())
    assert sizes == [13, 14, 13, 12]


def test_beside_the_panels_the_text_keeps_room_to_be_read(carla: Hands) -> None:
    carla.window.resize(640, 480)
    QApplication.processEvents()
    assert carla.window.width() == 640
    assert carla.app.page.width() >= 380


def turn_with_ctrl(hands: Hands, turn: QPoint) -> float:
    """Turn the wheel with Ctrl held, and get the size of the text after it."""
    place = QPointF(50, 50)
    event = QWheelEvent(
        place,
        place,
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hands.app.page.viewport(), event)
    return hands.app.page.font().pointSizeF()


def test_the_wheel_with_ctrl_makes_the_text_larger_and_smaller(carla: Hands) -> None:
    turns = 120, -120, -120, 240
    assert [turn_with_ctrl(carla, QPoint(0, turn)) for turn in turns] == [13, 12, 11, 13]


def test_the_many_small_turns_of_a_touchpad_make_one_step_together(carla: Hands) -> None:
    assert [turn_with_ctrl(carla, QPoint(0, 30)) for _ in range(5)] == [12, 12, 12, 13, 13]
    assert turn_with_ctrl(carla, QPoint(120, 0)) == 13


def test_a_message_above_the_text_leaves_the_words_where_they_are(
    anna: Hands, qtbot: QtBot
) -> None:
    anna.window.resize(900, 400)
    anna.go_to("a-p4b9wn")
    QApplication.processEvents()
    page = anna.app.page

    def height() -> int:
        QApplication.processEvents()
        return page.viewport().mapToGlobal(page.cursorRect().topLeft()).y()

    before = height()
    anna.app.talk.warn("The disk is full; free some space and try again.")
    assert height() == before
    anna.offer("Close")
    assert height() == before


def test_the_text_has_a_smallest_and_a_largest_size(carla: Hands) -> None:
    carla.app.zoom.by(-100)
    assert carla.app.page.font().pointSizeF() == 7
    carla.app.zoom.by(100)
    assert carla.app.page.font().pointSizeF() == 40


def test_the_words_at_the_top_stay_there_when_the_text_grows(anna: Hands) -> None:
    anna.window.resize(900, 400)
    anna.go_to("a-p4b9wn")
    page = anna.app.page
    for key in ("Ctrl++", "Ctrl++", "Ctrl+-"):
        first = page.cursorForPosition(QPoint(GUTTER, 0))
        before = page.cursorRect(first).top()
        anna.press(key)
        assert page.verticalScrollBar().value() > 0
        assert page.cursorRect(first).top() == before


def test_the_window_follows_the_systems_light_or_dark(
    carla: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The offscreen platform knows no colour scheme; a desktop's change is told like this.
    changed = QGuiApplication.styleHints().colorSchemeChanged
    for dark, worn in ((True, theme.DARK), (False, theme.LIGHT)):
        monkeypatch.setattr(theme, "system_is_dark", lambda dark=dark: dark)
        changed.emit(Qt.ColorScheme.Unknown)
        assert carla.app.appearance.theme is worn
        assert carla.app.page.theme is worn


def test_dark_is_one_command_away_and_stays_chosen(carla: Hands) -> None:
    app = carla.app
    carla.press("Ctrl+Shift+P")
    carla.type("dark")
    carla.press("Return")
    assert app.appearance.theme is theme.DARK
    assert app.settings.text("colours") == "dark"
    app.actions.refresh()
    names = ("system", "light", "dark")
    chosen = [name for name in names if app.actions[f"view.{name}"].isChecked()]
    assert chosen == ["dark"]
    app.actions["view.light"].trigger()
    assert app.appearance.theme is theme.LIGHT


def test_dark_can_be_chosen_in_the_settings(carla: Hands) -> None:
    def choose_dark(shown: QDialog) -> None:
        part(shown, QComboBox, "Colours").setCurrentText("dark")
        shown.accept()

    in_the_dialog(choose_dark)
    carla.press("Ctrl+,")
    assert carla.app.appearance.theme is theme.DARK
    pixels = pixels_of(carla.app.page.viewport())
    assert pixels.pixelColor(5, 5).lightness() < 60
    carla.app.settings.put("colours", "light")
    carla.app.apply_settings()
    assert pixels_of(carla.app.page.viewport()).pixelColor(5, 5).lightness() > 200


def test_a_name_in_the_settings_comes_before_that_of_the_command_line(carla: Hands) -> None:
    def rename(shown: QDialog) -> None:
        part(shown, QLineEdit, "Your name, as it stands in your files").setText("dora")
        shown.accept()

    def open_again_after(act: Callable[[QDialog], object]) -> str:
        in_the_dialog(act)
        carla.app.preferences.edit()
        carla.app.opening.open(carla.file.parent.parent / "corea-del-nord.txt")
        return carla.file.name

    assert open_again_after(QDialog.accept) == "corea-del-nord.carla.yaml"
    assert open_again_after(rename) == "corea-del-nord.dora.yaml"


def test_settings_that_are_cancelled_change_nothing(carla: Hands) -> None:
    def change_and_cancel(shown: QDialog) -> None:
        part(shown, QCheckBox, TRIM).setChecked(False)
        (buttons,) = shown.findChildren(QDialogButtonBox)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).click()

    in_the_dialog(change_and_cancel)
    carla.press("Ctrl+,")
    assert carla.app.settings.flag("trim")


def test_both_sides_can_be_hidden_and_shown(carla: Hands) -> None:
    sides = {"F7": carla.app.article_list, "F8": carla.window.inspector_side}
    for key, side in sides.items():
        carla.press(key)
        assert not side.isVisible()
        carla.press(key)
        assert side.isVisible()


def test_in_a_narrow_window_the_articles_give_way_until_they_are_asked_for(carla: Hands) -> None:
    window, side = carla.window, carla.app.article_list
    window.resize(680, 700)
    assert not side.isVisible()
    assert not carla.app.actions["view.articles"].isChecked()
    carla.press("F7")
    assert side.width() >= 170
    window.resize(window.width() + 10, 700)
    assert side.isVisible()
    carla.press("F7")
    window.resize(1440, 700)
    assert not side.isVisible()


def test_articles_that_gave_way_come_back_with_the_room(begin: Begin, carla: Hands) -> None:
    carla.window.resize(680, 700)
    carla.window.close()
    again = begin(carla.file.parent.parent / "corea-del-nord.txt", "carla")
    side = again.app.article_list
    assert (again.window.width(), side.isVisible()) == (680, False)
    again.window.resize(1440, 700)
    assert side.isVisible()


def test_f6_leads_back_to_the_text(carla: Hands) -> None:
    carla.app.all_tags.filter.setFocus()
    carla.press("F6")
    assert carla.app.page.hasFocus()


def test_the_status_bar_tells_paragraph_and_place_of_the_caret(carla: Hands) -> None:
    carla.app.page.put_caret(0)
    assert carla.app.status_bar.caret.text() == "¶ 1 · 0"
    start, end = carla.select("Secondo la KCNA")
    assert carla.app.status_bar.caret.text() == f"¶ 5 · {start}–{end}"


def test_about_names_the_version(carla: Hands) -> None:
    carla.app.actions["help.about"].trigger()
    assert "annotator" in page_of(dialog(carla))


def test_the_list_of_articles_follows_the_first_tag_before_it_is_saved(carla: Hands) -> None:
    def state() -> str:
        current = carla.app.article_list.list.currentIndex()
        return str(current.data(Qt.ItemDataRole.AccessibleTextRole))

    assert state().endswith("untouched")
    carla.tag_alone("truppe", "1")
    assert not carla.is_saved
    assert state().endswith("1 tag")
    carla.tag_alone("Notizia", "1")
    assert state().endswith("2 tags")
