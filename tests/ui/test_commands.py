from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from annotator.storage.files.source_file import parse_registry
from annotator.storage.shipped.resources import seeds_path
from annotator.ui.actions import Actions, fill_menu_bar
from annotator.ui.app import App
from annotator.ui.command import GO, MENUS, Command, Where
from annotator.ui.desk import Desk
from annotator.ui.keys.palette_entries import PaletteEntries
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.tagging.test_tags import TURN


@pytest.fixture
def commands(carla: Hands) -> Sequence[Command]:
    """All commands of the window."""
    return carla.app.actions.commands


def keys_of(commands: Sequence[Command]) -> list[str]:
    """The keys that they come with, as Qt writes them."""
    return [QKeySequence(key).toString() for one in commands for key in one.keys]


@pytest.mark.parametrize("where", [Where.PAGE, Where.REVIEW])
def test_no_two_commands_have_the_same_key_at_the_same_time(
    where: Where, commands: Sequence[Command]
) -> None:
    acting = [one for one in commands if one.where in (where, Where.WINDOW)]
    assert [key for key, times in Counter(keys_of(acting)).items() if times > 1] == []


def test_every_key_is_one_that_qt_knows(commands: Sequence[Command]) -> None:
    assert all(keys_of(commands))


def test_no_two_commands_have_the_same_name(commands: Sequence[Command]) -> None:
    assert len({one.name for one in commands}) == len(commands)


def test_no_source_we_come_with_has_a_key_that_a_command_uses(commands: Sequence[Command]) -> None:
    path = seeds_path() / "sources.yaml"
    sources = parse_registry(path.read_bytes(), path.name).sources
    keys = {source.key.upper() for source in sources if source.key}
    assert not keys & set(keys_of(commands))


def test_bare_keys_work_in_the_text_only(carla: Hands, commands: Sequence[Command]) -> None:
    actions = carla.window.actions()
    everywhere = {key.toString() for action in actions for key in action.shortcuts()}
    keys = (key for one in commands for key in one.keys)
    bare = {key for key in keys if len(key) == 1 or ("+" not in key and key[0] != "F")}
    assert {"1", "L", "Space"} <= bare
    assert not bare & everywhere


def test_every_command_stands_in_a_menu_with_its_key_beside_it(
    carla: Hands, commands: Sequence[Command]
) -> None:
    for one in commands:
        assert one.menu in MENUS
        title = one.sub or one.menu
        (menu,) = (menu for menu in carla.window.findChildren(QMenu) if menu.title() == title)
        action = carla.app.actions[one.name]
        assert action in menu.actions()
        shown = [key.toString() for key in action.shortcuts()]
        assert shown == [QKeySequence(key).toString() for key in one.keys if key != "?"]


def test_within_a_menu_no_two_entries_have_the_same_letter(commands: Sequence[Command]) -> None:
    letters = Counter(
        (one.sub or one.menu, label[label.index("&") + 1].lower())
        for one in commands
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
    app = App(Settings())
    qtbot.addWidget(app.window)
    actions = app.actions
    actions.refresh()
    greyed = {one.name for one in actions.commands if not actions[one.name].isEnabled()}
    assert {"tag.claim", "tag.delete", "edit.undo", "edit.redo", "file.save"} <= greyed
    assert not {"file.open", "file.open-folder", "help.keys", "file.quit"} & greyed


class Counting:
    """A feature as a stranger adds one: it says what it needs, and offers its command."""

    def __init__(self, desk: Desk, talk: Talk) -> None:
        self._desk, self._talk = desk, talk

    def commands(self) -> Iterable[Command]:
        yield Command("count.tags", "Count the &tags", ("Ctrl+J",), GO, self.count)

    def count(self) -> None:
        self._talk.hint(f"{len(self._desk.tagging)} tags")


def test_a_new_command_is_a_method_and_comes_with_its_key_its_menu_and_the_palette(
    anna: Hands,
) -> None:
    app = anna.app
    counting = Counting(app.desk, app.talk)
    actions = Actions(counting.commands(), app.settings, app.talk, app.page)
    anna.press("Ctrl+J")
    assert anna.hint == "23 tags"
    bar = QMenuBar(app.window)
    fill_menu_bar(bar, actions)
    menu = next(menu for menu in bar.findChildren(QMenu) if menu.title() == GO)
    assert [action.text() for action in menu.actions()] == ["Count the &tags"]
    entries = PaletteEntries(
        app.desk, app.talk, actions.keys, app.tags.tag_with_source, app.opening.open_article
    )
    assert next(iter(entries)).words == "Count the tags"
