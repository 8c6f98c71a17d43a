from __future__ import annotations

import inspect
from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from annotator.storage.files.source_file import parse_registry
from annotator.storage.shipped.resources import seeds_path
from annotator.ui.command import MENUS, Command, Where
from annotator.ui.commands import COMMANDS, command
from annotator.ui.settings import Settings
from annotator.ui.window import Window
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.test_tagging import TURN

KEYS = [QKeySequence(key).toString() for one in COMMANDS for key in one.keys]


@pytest.mark.parametrize("where", [Where.PAGE, Where.REVIEW])
def test_no_two_commands_have_the_same_key_at_the_same_time(where: Where) -> None:
    acting = [one for one in COMMANDS if one.where in (where, Where.WINDOW)]
    keys = [QKeySequence(key).toString() for one in acting for key in one.keys]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    assert all(KEYS)


def test_no_two_commands_have_the_same_name() -> None:
    assert len({one.name for one in COMMANDS}) == len(COMMANDS)


def test_no_source_we_come_with_has_a_key_that_a_command_uses() -> None:
    path = seeds_path() / "sources.yaml"
    sources = parse_registry(path.read_bytes(), path.name).sources
    assert not {source.key.upper() for source in sources if source.key} & set(KEYS)


@pytest.mark.parametrize("one", COMMANDS, ids=lambda one: one.name)
def test_bare_keys_work_in_the_text_only(one: Command, carla: Hands) -> None:
    window = carla.window
    everywhere = {key.toString() for action in window.actions() for key in action.shortcuts()}
    bare = {key for key in one.keys if len(key) == 1 or "+" not in key and key[0] != "F"}
    assert not bare & everywhere


@pytest.mark.parametrize("one", COMMANDS, ids=lambda one: one.name)
def test_every_command_stands_in_a_menu_with_its_key_beside_it(one: Command, carla: Hands) -> None:
    assert one.menu in MENUS
    title = one.sub or one.menu
    (menu,) = (menu for menu in carla.window.findChildren(QMenu) if menu.title() == title)
    action = carla.app.actions[one.name]
    assert action in menu.actions()
    shown = [key.toString() for key in action.shortcuts()]
    assert shown == [QKeySequence(key).toString() for key in one.keys if key != "?"]


def test_within_a_menu_no_two_entries_have_the_same_letter() -> None:
    letters = Counter(
        (one.sub or one.menu, label[label.index("&") + 1].lower())
        for one in COMMANDS
        if "&" in (label := one.label)
    )
    assert [place for place, times in letters.items() if times > 1] == []


def test_a_key_chosen_in_the_settings_takes_the_place_of_the_one_it_comes_with(
    begin: Begin, carla: Hands
) -> None:
    carla.app.settings._store.setValue("keys/tag.claim", "Q")
    carla.window.close()
    again = begin(carla.file.parent.parent, "carla")
    again.select(TURN)
    again.press("1")
    assert again.tags() == ()
    again.press("Q")
    assert [tag.words for tag in again.tags()] == [TURN]


def test_where_nothing_is_open_what_needs_an_article_is_greyed_out(qtbot: QtBot) -> None:
    window = Window(Settings())
    qtbot.addWidget(window)
    app.actions.refresh()
    greyed = {name for name, action in app.actions.items() if not action.isEnabled()}
    assert {"tag.claim", "tag.delete", "edit.undo", "edit.redo", "file.save"} <= greyed
    assert not {"file.open", "file.open-folder", "help.keys", "file.quit"} & greyed


def test_every_command_is_found_by_its_name() -> None:
    assert command("tag.claim").where is Where.PAGE
    assert all(inspect.signature(one.run).parameters for one in COMMANDS)
