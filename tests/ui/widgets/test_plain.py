"""Names, notes and words are shown as they stand, whatever they look like."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QGraphicsView,
    QLabel,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.plain import PlainLabel, plain_tip
from tests.ui.conftest import Begin
from tests.ui.hands import Hands

UI = Path(__file__).parents[3] / "annotator" / "ui"
MARK = "<b>x</b><img src=y>"


@pytest.fixture
def hostile(folder: Path) -> Path:
    """The seeds with markup in the names of sources and annotators, in notes and file names."""
    sources = folder / "sources.yaml"
    text = sources.read_text("utf-8")
    for name in ("name", "short"):
        text = text.replace(f"  {name}: ", f"  {name}: {MARK} ")
    sources.write_text(text, "utf-8")
    (folder / "corea-del-nord.txt").rename(folder / f"{_as_name(MARK)}.txt")
    for path in list((folder / "annotations").iterdir()):
        who = path.name.split(".")[1]
        tagging = path.read_text("utf-8").replace(f"annotator: {who}", f'annotator: "{MARK} {who}"')
        tagging = tagging.replace("../corea-del-nord.txt", f'"../{_as_name(MARK)}.txt"')
        tagging = tagging.replace("  kind: claim\n", f'  kind: claim\n  x-own: "{MARK}"\n')
        path.write_text(_with_notes(tagging), "utf-8")
        path.rename(path.with_name(f"{_as_name(MARK)}.{who}.yaml"))
    return folder


def _as_name(text: str) -> str:
    """No name of a file has a slash."""
    return text.replace("/", "∕")


def _with_notes(tagging: str) -> str:
    """Each annotation with a note, and with no other one."""
    head, *blocks = tagging.rstrip("\n").split("\n- id: ")
    noted = [one.partition("\n  note: ")[0] + f'\n  note: "{MARK}"' for one in blocks]
    return "\n- id: ".join([head, *noted]) + "\n"


def labels_taken_for_markup() -> list[str]:
    return [
        label.text()
        for label in QApplication.allWidgets()
        if isinstance(label, QLabel)
        and MARK in label.text()
        and label.textFormat() is not Qt.TextFormat.PlainText
    ]


def tips_taken_for_markup() -> list[str]:
    return [tip for tip in all_tips() if MARK in tip or "<img" in tip]


def all_tips() -> Iterator[str]:
    for widget in QApplication.allWidgets():
        yield widget.toolTip()
        yield from (action.toolTip() for action in widget.actions())
        if isinstance(widget, QAbstractItemView):
            model: QAbstractItemModel | None = widget.model()
            yield from _tips_of(model, QModelIndex()) if model else ()
        if isinstance(widget, QGraphicsView):
            yield from (item.toolTip() for item in widget.items())


def _tips_of(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            yield str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        yield from _tips_of(model, model.index(row, 0, parent))


def assert_all_plain() -> None:
    QApplication.processEvents()
    assert labels_taken_for_markup() == []
    assert tips_taken_for_markup() == []


@pytest.fixture
def window(begin: Begin, hostile: Path) -> Hands:
    return begin(hostile / "annotations" / f"{_as_name(MARK)}.anna.yaml")


def test_markup_in_names_notes_and_files_stays_text_all_over_the_window(window: Hands) -> None:
    assert MARK in "".join(one.note or "" for one in window.tags())
    assert any("&lt;img" in tip for tip in all_tips())
    for keys in ("Tab", "Tab", "Return", "Escape"):
        window.press(keys)
        assert_all_plain()


@pytest.mark.parametrize("command", ["go.sources", "review.agreement", "go.provenance"])
def test_markup_stays_text_in_the_other_windows(window: Hands, command: str) -> None:
    window.app.actions[command].trigger()
    assert_all_plain()


def test_markup_stays_text_in_a_review(begin: Begin, hostile: Path) -> None:
    carla = begin(hostile / f"{_as_name(MARK)}.txt", f"{MARK} carla")
    carla.press("Ctrl+R")
    for _ in range(4):
        assert_all_plain()
        carla.press("Space")


def test_a_question_with_a_name_in_it_is_plain(
    window: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[Qt.TextFormat]()
    monkeypatch.setattr(QMessageBox, "exec", lambda box: seen.append(box.textFormat()))
    type(window.app.talk).choose(window.app.talk, f"Lose {MARK}?", MARK, "Lose", "Keep")
    assert seen == [Qt.TextFormat.PlainText]


def test_a_tooltip_shows_the_very_characters() -> None:
    assert plain_tip("Yonhap & co") == "Yonhap & co"
    assert plain_tip("a <b>\nc") == '<div style="white-space: pre-wrap">a &lt;b&gt;\nc</div>'


def test_a_label_is_plain_from_the_beginning() -> None:
    assert PlainLabel("<b>x</b>").textFormat() is Qt.TextFormat.PlainText


OWN_WORDS = {"find/find_bar.py", "provenance/window.py"}
"""Where a tooltip is made of the window's own words alone."""

RICH = {"card.py", "reading_dialogs.py"}
"""Where a label is rich text on purpose, and escapes what people wrote."""


def test_labels_are_plain_except_where_they_are_made_of_html() -> None:
    labels = {
        path.name
        for path in UI.rglob("*.py")
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "QLabel"
    }
    assert labels == RICH


def test_tooltips_that_are_not_our_own_words_go_through_plain_tip() -> None:
    tips = {
        path.relative_to(UI).as_posix()
        for path in UI.rglob("*.py")
        for call in calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("setToolTip", "showText")
        for text in [call.args[-1] if call.func.attr == "setToolTip" else call.args[1]]
        if not isinstance(text, ast.Constant) and "plain_tip" not in ast.unparse(text)
    }
    assert tips == OWN_WORDS


def calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text("utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))
