"""Names that break lines, steer terminals or turn the direction are shown, and do none of it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.ui.agreement.window import AgreementWindow
from annotator.ui.articles.recent import RecentFolders
from tests.ui.conftest import Begin
from tests.ui.find.test_folder_search import ended, everywhere
from tests.ui.hands import Hands

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no file may be called so there")

ODD = {
    "a line end": "uno\ndue",
    "an escape": "uno\x1b[2Jdue",
    "turned round": "uno\u202edue\u2066tre",
    "a paragraph end": "uno\u2029due",
    "Qt's mark": "uno[*]due",
}
SHOWN = {
    "a line end": r"uno\ndue",
    "an escape": r"uno\x1b[2Jdue",
    "turned round": r"uno\u202edue\u2066tre",
    "a paragraph end": r"uno\u2029due",
    "Qt's mark": "uno[*]due",
}
LONG = "CoreadelNord" * 18
Role = Qt.ItemDataRole
STEERING = {*"\r\x1b\x85\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


@pytest.fixture(params=ODD)
def kind(request: pytest.FixtureRequest) -> str:
    """In what the names are odd."""
    name: str = request.param
    return name


@pytest.fixture
def odd_folder(folder: Path, kind: str) -> Path:
    """The seeds, with the odd name for folder, article and the second annotator."""
    return renamed(folder, ODD[kind])


def renamed(folder: Path, name: str) -> Path:
    (folder / "corea-del-nord.txt").rename(folder / f"{name}.txt")
    for path in (folder / "annotations").iterdir():
        data = path.read_text("utf-8").replace("../corea-del-nord.txt", f"../{_quoted(name)}.txt")
        path.write_text(data.replace("annotator: boris", f'annotator: "b{_quoted(name)}"'), "utf-8")
        path.rename(path.with_name(path.name.replace("corea-del-nord", name)))
    text = folder / "annotations" / f"{name}.anna.yaml"
    text.write_text(_in_quotes(text.read_text("utf-8")), "utf-8")
    other = folder / "annotations" / f"{name}.boris.yaml"
    other.write_text(_in_quotes(other.read_text("utf-8")), "utf-8")
    return Path(shutil.move(folder, folder.with_name(name)))


def _quoted(name: str) -> str:
    return "".join(f"\\u{ord(one):04x}" if not one.isprintable() else one for one in name)


def _in_quotes(text: str) -> str:
    first, rest = text.split("  file: ", 1)
    file, rest = rest.split("\n", 1)
    return f'{first}  file: "{file}"\n{rest}'


def told(top: QWidget) -> Iterator[str]:
    """All words that a window shows or speaks, and those of its tooltips, menus and lists."""
    for part in (top, *top.findChildren(QObject)):
        if isinstance(part, QWidget):
            yield from (part.accessibleName(), part.toolTip(), part.windowTitle())
        if isinstance(part, QLabel | QAbstractButton | QAction):
            yield part.text()
        elif isinstance(part, QMenu):
            yield part.title()
        elif isinstance(part, QTabBar):
            yield from map(part.tabText, range(part.count()))
        elif isinstance(part, QComboBox):
            yield from map(part.itemText, range(part.count()))
        elif isinstance(part, QAbstractItemView) and part.model() is not None:
            yield from cells(part)


def cells(view: QAbstractItemView) -> Iterator[str]:
    model, roles = view.model(), (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(model.rowCount(QModelIndex())):
        for index in (model.index(row, column) for column in range(columns)):
            yield from (str(index.data(role) or "") for role in roles)


def look(hands: Hands, kind: str) -> list[str]:
    """What all windows say now; nothing of it is as odd as the name."""
    QApplication.processEvents()
    said = [words for top in QApplication.topLevelWidgets() for words in told(top) if words]
    steering = [words for words in said if STEERING & set(words)]
    assert steering == []
    assert [words for words in said if "uno\ndue" in words] == []
    assert any(SHOWN[kind] in words for words in said)
    return said


def test_an_open_article_and_its_colleagues_are_named_on_one_line(
    begin: Begin, odd_folder: Path, kind: str
) -> None:
    hands = begin(odd_folder / f"{ODD[kind]}.txt", "carla")
    for_qt = SHOWN[kind].replace("[*]", "[*][*]")
    assert hands.window.windowTitle().startswith(f"{for_qt}.txt[*] – ")
    look(hands, kind)
    hands.tag_alone("truppe", "1")
    hands.app.saving.finish()
    hands.press("Ctrl+Shift+H")
    look(hands, kind)
    hands.press("Escape")
    menu = hands.window.findChild(RecentFolders)
    assert menu
    menu._fill()
    assert menu.actions()[0].text().endswith(SHOWN[kind][-6:])
    look(hands, kind)


def test_so_are_they_in_a_review_and_on_the_page_of_agreement(
    begin: Begin, odd_folder: Path, kind: str, qtbot: QtBot
) -> None:
    hands = begin(odd_folder / f"{ODD[kind]}.txt", "carla")
    hands.press("Ctrl+R")
    assert hands.app.desk.is_reviewing()
    look(hands, kind)
    hands.press("C")
    hands.type("perche")
    hands.press("Return")
    look(hands, kind)
    hands.press("Ctrl+Shift+R")
    page = hands.window.findChild(AgreementWindow)
    assert page
    qtbot.waitUntil(lambda: page.articles.rowCount() > 1)
    look(hands, kind)
    page.close()


def test_so_are_they_where_something_is_found_chosen_and_exported(
    begin: Begin, odd_folder: Path, kind: str, qtbot: QtBot
) -> None:
    hands = begin(odd_folder / "annotations" / f"{ODD[kind]}.boris.yaml")
    everywhere(hands, "Russia")
    qtbot.waitUntil(lambda: ended(hands))
    look(hands, kind)
    hands.press("Escape")
    hands.press("Ctrl+Shift+P")
    look(hands, kind)
    hands.press("Escape")
    hands.app.actions["file.export"].trigger()
    look(hands, kind)


def test_so_are_they_in_what_is_refused(begin: Begin, odd_folder: Path, kind: str) -> None:
    hands = begin(odd_folder / f"{ODD[kind]}.txt", "carla")
    (odd_folder / f"{ODD[kind]} 2.txt").write_bytes(b"\xff\xfe\0")
    hands.app.opening.open(odd_folder / f"{ODD[kind]} 2.txt")
    assert SHOWN[kind] in hands.bar
    look(hands, kind)
    begin(odd_folder / f"{ODD[kind]}.txt", "carla")
    look(hands, kind)


def test_a_name_as_long_as_can_be_leaves_everything_else_its_room(
    begin: Begin, folder: Path, tmp_path: Path, seeds: Path
) -> None:
    other = Path(shutil.copytree(seeds, tmp_path / "other"))
    usual = begin(other / "corea-del-nord.txt", "carla").window
    hands = begin(renamed(folder, LONG) / f"{LONG}.txt", "carla")
    assert len(hands.window.windowTitle()) < 140
    assert hands.window.minimumSizeHint().width() <= usual.minimumSizeHint().width()
    (folder.with_name(LONG) / f"{LONG[:-2]}.txt").write_bytes(b"\xff\xfe\0")
    hands.app.opening.open(folder.with_name(LONG) / f"{LONG[:-2]}.txt")
    assert LONG[:-2] in hands.bar
    bar = hands.app.message_bar
    assert bar.minimumSizeHint().width() <= bar.width()  # else its buttons are out of sight
