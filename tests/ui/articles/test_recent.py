"""The folders that were open lately, in the menu File."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from annotator.ui.articles import recent as recent_folders
from annotator.ui.articles.recent import MOST, SETTING, TITLE, recent, remember
from annotator.ui.settings import Settings
from annotator.ui.widgets.background import Progress
from tests.ui.conftest import Begin
from tests.ui.hands import Hands


def menu(hands: Hands) -> QMenu:
    """The menu of recent folders, filled as when the menu above it opens."""
    bar = hands.window.menuBar()
    (found,) = (one for one in bar.findChildren(QMenu) if one.title() == TITLE)
    above = found.parent()
    assert isinstance(above, QMenu)
    above.aboutToShow.emit()
    return found


def shown(hands: Hands) -> list[tuple[str, bool]]:
    """The entries that open a folder: its path, and whether it can be chosen."""
    entries = [(one.text().partition("  ")[2], one.isEnabled()) for one in menu(hands).actions()]
    return [entry for entry in entries if entry[0]]


@pytest.fixture
def folders(tmp_path: Path, seeds: Path) -> list[Path]:
    """Twelve folders of articles."""
    names = [f"folder & {number}" for number in range(12)]
    for name in names:
        (tmp_path / name).mkdir()
        shutil.copy(seeds / "corea-del-nord.txt", tmp_path / name)
    return [tmp_path / name for name in names]


def go_through(hands: Hands, folders: list[Path]) -> None:
    for folder in folders:
        hands.app.opening.open(folder)


def test_the_last_ten_are_listed_the_open_one_first(begin: Begin, folders: list[Path]) -> None:
    hands = begin(folders[0], "carla")
    go_through(hands, folders[1:])
    assert recent(Settings()) == folders[:1:-1]
    assert len(shown(hands)) == MOST
    go_through(hands, [folders[5]])
    assert recent(Settings())[0] == folders[5]
    assert len(set(recent(Settings()))) == MOST


def test_they_are_kept_until_the_next_start(begin: Begin, folders: list[Path]) -> None:
    first = begin(folders[0], "carla")
    go_through(first, folders[1:2])
    first.window.close()
    again = begin(folders[2])
    assert recent(Settings()) == folders[2::-1]
    menu(again).actions()[1].trigger()
    assert again.app.desk.folder
    assert again.app.desk.folder.path == folders[1]


def test_one_that_is_gone_turns_grey(begin: Begin, folders: list[Path], qtbot: QtBot) -> None:
    hands = begin(folders[0], "carla")
    go_through(hands, folders[1:2])
    shutil.rmtree(folders[0])
    qtbot.waitUntil(lambda: [enabled for _, enabled in shown(hands)] == [True, False])


def test_a_drive_that_does_not_answer_holds_up_no_menu(
    begin: Begin, folders: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, answer, look = begin(folders[0], "carla"), Event(), recent_folders._gone

    def look_for_long(paths: Sequence[Path], progress: Progress) -> set[Path]:
        answer.wait()
        return look(paths, progress)

    go_through(hands, folders[1:2])
    shutil.rmtree(folders[0])
    monkeypatch.setattr(recent_folders, "_gone", look_for_long)
    assert [enabled for _, enabled in shown(hands)] == [True, True]
    answer.set()
    entry = menu(hands).actions()[1]
    qtbot.waitUntil(lambda: not entry.isEnabled())


def test_one_that_is_gone_is_told_when_it_is_chosen(begin: Begin, folders: list[Path]) -> None:
    hands = begin(folders[0], "carla")
    go_through(hands, folders[1:2])
    entries = menu(hands).actions()
    shutil.rmtree(folders[0])
    entries[1].trigger()
    assert str(folders[0]) in hands.bar
    assert hands.app.desk.folder
    assert hands.app.desk.folder.path == folders[1]


def test_clear_forgets_them(begin: Begin, folders: list[Path]) -> None:
    hands = begin(folders[0], "carla")
    menu(hands).actions()[-1].trigger()
    assert recent(Settings()) == []
    assert not menu(hands).isEnabled()


def test_an_article_and_an_annotation_file_stand_for_their_folder(
    begin: Begin, folder: Path
) -> None:
    begin(folder / "annotations" / "corea-del-nord.anna.yaml")
    assert recent(Settings()) == [folder]


def test_the_sample_is_not_listed_for_it_has_its_own_entry(begin: Begin) -> None:
    begin()
    assert recent(Settings()) == []


def test_settings_that_hold_something_else_list_nothing() -> None:
    for odd in ("", "{", "7", '[1, {"a": 2}]', "null"):
        Settings().put(SETTING, odd)
        assert recent(Settings()) == []
        remember(Settings(), Path("/a"))
        assert recent(Settings()) == [Path("/a")]


def test_a_path_is_shown_whole_or_cut_in_its_middle_and_below_home_with_a_tilde(
    begin: Begin, folder: Path, own_home: Path
) -> None:
    hands = begin(folder, "carla")
    remember(hands.app.settings, Path("/") / ("a" * 90) / "nk & russia")
    remember(hands.app.settings, own_home / "news")
    (home, _), (long, _), _ = shown(hands)
    assert home == "~/news"
    assert long.endswith("aaa/nk && russia")
    assert "…" in long
