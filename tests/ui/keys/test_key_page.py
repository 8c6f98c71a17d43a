from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator.core.sources import Registry, Source
from annotator.ui import theme
from annotator.ui.app import App
from annotator.ui.command import Command
from annotator.ui.keys import keys
from annotator.ui.keys.key_page import KeyPage
from annotator.ui.keys.keys import Keys, current_keys
from annotator.ui.settings import Settings
from annotator.ui.widgets.key_button import KeyButton
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.tagging.test_tags import KCNA, TURN

SOURCES = Registry((Source(id="kcna", name="KCNA", key="k"),))


@pytest.fixture
def app(qtbot: QtBot, own_home: Path) -> App:
    """The program before anything is opened."""
    app = App(Settings())
    qtbot.addWidget(app.window)
    return app


@pytest.fixture
def as_it_comes(app: App) -> dict[Command, Keys]:
    """All commands with the keys that they come with."""
    return {one: one.keys for one in app.actions.commands}


def named(name: str, keys: dict[Command, Keys]) -> Command:
    (found,) = (one for one in keys if one.name == name)
    return found


@pytest.fixture
def page(qtbot: QtBot, as_it_comes: dict[Command, Keys]) -> KeyPage:
    page = KeyPage(as_it_comes, SOURCES, theme.LIGHT)
    qtbot.addWidget(page)
    return page


def go_to(page: KeyPage, name: str) -> None:
    (item,) = (one for one in page._items() if one.data(0, Qt.ItemDataRole.UserRole).name == name)
    page.list.setCurrentItem(item)


def shown_keys(page: KeyPage) -> str:
    item = page.list.currentItem()
    assert item
    return item.text(2)


def test_what_the_filter_hides_keeps_its_key(page: KeyPage) -> None:
    go_to(page, "file.open-folder")
    page.filter.setText("unlink")
    page.take("Ctrl+K")
    assert page.choices() == {"tag.link": "Ctrl+K"}
    page.filter.setText("no such command")
    page.take("Ctrl+J")
    assert (page.field.isEnabled(), page.field.keySequence().toString()) == (False, "")
    assert page.choices() == {"tag.link": "Ctrl+K"}


# Which keys there are


@pytest.mark.parametrize("key", ["1", "?", "K", "Shift+K", "Tab", "Del", "Return", "Left"])
def test_a_key_that_a_field_needs_is_bare(key: str) -> None:
    assert keys.is_bare(key)


@pytest.mark.parametrize("key", ["Ctrl+S", "F9", "Shift+F3", "Alt+Left", "Ctrl++", ""])
def test_a_key_that_no_field_needs_is_not_bare(key: str) -> None:
    assert not keys.is_bare(key)


@pytest.mark.parametrize(
    ("key", "by"),
    [
        ("Ctrl+S", "Save now"),
        ("ctrl+s", "Save now"),
        ("2", "Quote"),
        ("K", "Attribution to KCNA"),
        ("Shift+K", "Attribution to KCNA behind another"),
        ("Left", "the caret in the text"),
        ("Ctrl+Shift+Home", "the caret in the text"),
        ("PgDown", "the caret in the text"),
        ("1", None),
        ("Ctrl+J", None),
        ("Ctrl+Alt+Up", None),
    ],
)
def test_whoever_acts_on_a_key_already_is_named(
    as_it_comes: dict[Command, Keys], key: str, by: str | None
) -> None:
    claim = named("tag.claim", as_it_comes)
    assert keys.holder(key, claim, as_it_comes, SOURCES) == by


# A key that the user has chosen, and another command comes with


@pytest.mark.parametrize("key", ["F10", "f10"])
def test_a_chosen_key_is_taken_from_the_command_that_comes_with_it(app: App, key: str) -> None:
    app.settings.put_key("view.larger", key)
    now = {one.name: own for one, own in app.actions.keys().items()}
    assert (now["view.larger"], now["go.menu"]) == ((key,), ())
    app.settings.put_key("view.larger", None)
    now = {one.name: own for one, own in app.actions.keys().items()}
    assert (now["view.larger"], now["go.menu"]) == (("Ctrl++", "Ctrl+="), ("F10",))


def test_the_other_keys_of_that_command_stay_its_own(app: App) -> None:
    app.settings.put_key("tag.claim", "Backspace")
    now = {one.name: own for one, own in app.actions.keys().items()}
    assert now["tag.delete"] == ("Del",)


def test_a_key_of_a_review_and_the_same_one_of_the_text_do_not_take_each_other_away(
    app: App,
) -> None:
    app.settings.put_key("tag.unattributed", "A")
    now = {one.name: own for one, own in app.actions.keys().items()}
    assert (now["tag.unattributed"], now["review.accept"]) == (("A",), ("A",))


def test_without_choices_each_command_has_the_keys_it_comes_with(
    as_it_comes: dict[Command, Keys],
) -> None:
    assert current_keys(Settings(), [*as_it_comes]) == as_it_comes


def test_a_key_chosen_before_another_command_came_with_it_acts_for_the_user(
    carla: Hands,
) -> None:
    carla.app.settings.put_key("view.larger", "F10")
    carla.app.apply_settings()
    size = carla.app.settings.number("zoom")
    carla.press("F10")
    assert QApplication.activePopupWidget() is None
    assert carla.app.settings.number("zoom") == size + 1


# The page


def test_every_command_stands_there_with_its_keys(
    page: KeyPage, as_it_comes: dict[Command, Keys]
) -> None:
    listed = {(item.text(0), item.text(2)) for item in page._items()}
    assert listed == {(keys.label_of(one), keys.shown(own)) for one, own in as_it_comes.items()}


def test_a_pressed_key_is_taken_for_the_chosen_command(page: KeyPage) -> None:
    go_to(page, "tag.claim")
    QTest.keySequence(page.field, "Q")
    assert shown_keys(page) == "Q"
    assert page.choices() == {"tag.claim": "Q"}


def test_a_key_that_clashes_is_not_taken_and_the_other_one_is_named(page: KeyPage) -> None:
    go_to(page, "tag.claim")
    QTest.keySequence(page.field, "Ctrl+S")
    assert shown_keys(page) == "1"
    assert page.message.text() == "Ctrl+S is taken: Save now. Press another key."
    assert page.choices() == {}


def test_a_key_that_another_command_gave_up_is_free(page: KeyPage) -> None:
    go_to(page, "tag.quote")
    page.none.click()
    go_to(page, "tag.claim")
    page.take("2")
    assert page.choices() == {"tag.quote": "", "tag.claim": "2"}


def test_as_it_comes_is_not_given_back_while_another_command_has_the_key(page: KeyPage) -> None:
    go_to(page, "tag.quote")
    page.none.click()
    go_to(page, "tag.claim")
    page.take("2")
    go_to(page, "tag.quote")
    page.usual.click()
    assert page.message.text() == "2 is taken: Claim."
    assert shown_keys(page) == ""


def test_as_it_comes_gives_all_keys_back(page: KeyPage, as_it_comes: dict[Command, Keys]) -> None:
    go_to(page, "tag.delete")
    page.take("Ctrl+D")
    assert shown_keys(page) == "Ctrl+D"
    page.usual.click()
    assert shown_keys(page) == keys.shown(named("tag.delete", as_it_comes).keys)
    assert page.choices() == {}


def test_the_filter_finds_commands_by_name_menu_and_key(page: KeyPage) -> None:
    page.filter.setText("ctrl+s")
    assert "Save now" in [item.text(0) for item in page._items() if not item.isHidden()]
    page.filter.setText("claim")
    assert [item.text(0) for item in page._items() if not item.isHidden()] == ["Claim"]


# In the window


def choose(hands: Hands, name: str, key: str) -> None:
    """Give a command another key in the settings."""

    def give() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            QTimer.singleShot(5, give)
            return
        try:
            page = dialog.findChild(KeyPage)
            assert page
            go_to(page, name)
            page.take(key)
        finally:
            dialog.accept()

    QTimer.singleShot(0, give)
    own = hands.app.actions.keys()
    hands.press(*own[named("file.settings", {**own})])
    hands.turn_to()


def test_a_chosen_key_acts_at_once_and_the_old_one_no_more(carla: Hands) -> None:
    choose(carla, "tag.claim", "Q")
    carla.select(TURN)
    carla.press("1")
    assert carla.tags() == ()
    carla.press("Q")
    assert [tag.words for tag in carla.tags()] == [TURN]


def test_menu_strip_and_key_list_show_the_chosen_key(carla: Hands) -> None:
    choose(carla, "tag.claim", "Q")
    assert carla.app.actions["tag.claim"].shortcut().toString() == "Q"
    names = [button.accessibleName() for button in carla.app.strip.findChildren(KeyButton)]
    assert "Claim, key Q" in names
    carla.press("F1")
    (dialog,) = (one for one in carla.window.findChildren(QDialog) if one.isVisible())
    (label,) = dialog.findChildren(QLabel)
    assert "Claim</td><td>Q</td>" in label.text()


def test_a_bare_key_given_to_a_command_of_the_window_stays_out_of_fields(carla: Hands) -> None:
    choose(carla, "view.larger", "Z")
    size = carla.app.settings.number("zoom")
    carla.app.all_tags.filter.setFocus()
    carla.type("z")
    assert carla.app.all_tags.filter.text() == "z"
    assert carla.app.settings.number("zoom") == size
    carla.app.page.setFocus()
    carla.press("Z")
    assert carla.app.settings.number("zoom") == size + 1


def test_a_bare_key_that_is_changed_again_acts_no_more(carla: Hands) -> None:
    choose(carla, "view.larger", "Z")
    choose(carla, "view.larger", "Ctrl+J")
    size = carla.app.settings.number("zoom")
    carla.press("Z")
    assert carla.app.settings.number("zoom") == size
    carla.press("Ctrl+J")
    assert carla.app.settings.number("zoom") == size + 1


def test_chosen_keys_are_remembered(carla: Hands, begin: Begin) -> None:
    choose(carla, "tag.claim", "Ctrl+J")
    carla.window.close()
    again = begin(carla.file.parent.parent, "carla")
    again.select(TURN)
    again.press("Ctrl+J")
    assert [tag.words for tag in again.tags()] == [TURN]


def test_where_a_command_has_a_sources_key_the_command_wins(carla: Hands) -> None:
    carla.app.settings.put_key("tag.claim", "K")
    carla.app.apply_settings()
    carla.select(KCNA)
    carla.press("K")
    assert [tag.kind for tag in carla.tags()] == ["claim"]
    carla.press("F1")
    (dialog,) = (one for one in carla.window.findChildren(QDialog) if one.isVisible())
    (label,) = dialog.findChildren(QLabel)
    assert "Attribution to KCNA</td>" not in label.text()


def test_the_key_list_leads_to_the_keys_in_the_settings(carla: Hands) -> None:
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.findChildren(KeyPage):
            QTimer.singleShot(5, look)
            return
        page = dialog.findChild(KeyPage)
        seen.append("keys" if page and page.isVisible() else "other")
        assert isinstance(dialog, QDialog)
        dialog.reject()

    carla.press("F1")
    (dialog,) = (one for one in carla.window.findChildren(QDialog) if one.isVisible())
    (change,) = (one for one in dialog.findChildren(QPushButton) if one.text() == "Change…")
    QTimer.singleShot(0, look)
    change.click()
    assert seen == ["keys"]
