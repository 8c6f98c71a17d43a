from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.storage.bulk.search import ArticleHits
from annotator.ui.find.find_bar import FindBar
from annotator.ui.find.find_list import FindList


@pytest.mark.parametrize("panel", [FindBar, FindList])
def test_whatever_can_take_the_keyboard_has_a_name(qtbot: QtBot, panel: type[QWidget]) -> None:
    one = panel()
    qtbot.addWidget(one)
    parts = [one, *one.findChildren(QWidget)]
    focusable = [part for part in parts if part.focusPolicy() is not Qt.FocusPolicy.NoFocus]
    assert focusable
    assert [part for part in focusable if not part.accessibleName()] == []


@pytest.mark.parametrize("panel", [FindBar, FindList])
def test_esc_closes_it_from_every_part_that_has_the_keyboard(
    qtbot: QtBot, panel: type[FindBar | FindList]
) -> None:
    one = panel()
    qtbot.addWidget(one)
    one.show()
    one.activateWindow()
    qtbot.waitUntil(one.isActiveWindow)
    parts = [p for p in one.findChildren(QWidget) if p.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert parts
    for part in parts:
        with qtbot.waitSignal(one.closed):
            QTest.keyClick(part, Qt.Key.Key_Escape)


def test_where_there_is_little_room_the_button_says_less(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    bar = FindBar(window)
    bar.show()
    bar.offer("Tag the remaining 8 as claim", "Tag 8", enabled=True, chosen=True)
    bar.resize(900, bar.height())
    assert (bar.tag.text(), bar.on.isVisible()) == ("Tag the remaining 8 as claim", True)
    bar.resize(700, bar.height())
    assert (bar.tag.text(), bar.on.isVisible()) == ("Tag 8", True)
    bar.resize(500, bar.height())
    assert (bar.tag.text(), bar.on.isVisible()) == ("Tag 8", False)
    assert bar.tag.accessibleName() == "Tag the remaining 8 as claim"


def test_tab_goes_from_the_words_to_how_they_are_meant(qtbot: QtBot) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.begin("kcna")
    for switch in (bar.same_case, bar.whole_word, bar.everywhere):
        QTest.keyClick(bar.focusWidget(), Qt.Key.Key_Tab)
        assert bar.focusWidget() is switch


def test_a_switch_stays_under_the_mouse_whatever_is_found(qtbot: QtBot) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.resize(900, 40)
    bar.show()
    places = set()
    for count, words in (("Nothing found", ""), ("2 of 4 · 4 tagged", "All tagged")):
        bar.say(count)
        bar.offer(words, words, enabled=False, chosen=bool(words))
        QApplication.processEvents()
        places.add((bar.same_case.x(), bar.everywhere.x(), bar.on.x()))
    assert len(places) == 1


def test_an_article_that_cannot_be_read_says_why(qtbot: QtBot) -> None:
    panel = FindList()
    qtbot.addWidget(panel)
    panel.put(ArticleHits(Path("bad.txt"), error="bad.txt:1: not UTF-8 text."))
    panel.put(ArticleHits(Path("none.txt")))
    assert panel.table.topLevelItemCount() == 1
    item = panel.table.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in range(3)] == ["bad.txt", "–", "unreadable"]
    assert item.toolTip(2) == "bad.txt:1: not UTF-8 text."


def test_enter_on_a_line_chooses_its_article(qtbot: QtBot) -> None:
    panel = FindList()
    qtbot.addWidget(panel)
    panel.show()
    panel.put(ArticleHits(Path("one.txt"), 3, 1))
    panel.put(ArticleHits(Path("two.txt"), 2, 0))
    panel.mark(Path("two.txt"))
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert chosen.args == [Path("two.txt")]
