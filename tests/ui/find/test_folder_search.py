from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.storage.bulk import search as searching
from annotator.storage.bulk.search import ArticleHits, SearchTerms
from annotator.storage.folder import Folder
from tests.ui.conftest import Begin
from tests.ui.find.test_finder import RUSSIA, in_text, look_for, said
from tests.ui.hands import LEFT, Hands


@pytest.fixture
def many(begin: Begin, folder: Path) -> Hands:
    """A window for carla on a folder of three articles, two of them with Russia in it."""
    (folder / "kursk.txt").write_text("A Kursk.\n\nIn Russia, e in Russia.\n", "utf-8")
    (folder / "trattato.txt").write_text("Il trattato.\n", "utf-8")
    return begin(folder / "corea-del-nord.txt", "carla")


def everywhere(hands: Hands, words: str) -> None:
    """Look for words in all articles."""
    look_for(hands, words)
    QTest.mouseClick(hands.app.finder.bar.everywhere, LEFT)


def rows(hands: Hands) -> list[tuple[str, ...]]:
    """The lines of the list."""
    table = hands.app.finder.folder.list.table
    items = [table.topLevelItem(nth) for nth in range(table.topLevelItemCount())]
    return [tuple(item.text(column) for column in range(3)) for item in items if item]


def ended(hands: Hands) -> bool:
    """Whether all articles were looked through."""
    sentence = hands.app.finder.folder.list.progress.text()
    return bool(sentence) and "looked through" not in sentence


FOUND = [("corea-del-nord.txt", "5", "–"), ("kursk.txt", "2", "–")]


def test_all_articles_are_listed_with_their_hits(many: Hands, qtbot: QtBot) -> None:
    everywhere(many, "russia")
    qtbot.waitUntil(lambda: ended(many))
    assert rows(many) == FOUND
    assert many.app.finder.folder.list.progress.text() == "7 hits in 2 articles"


def choose_row(hands: Hands, nth: int) -> None:
    table = hands.app.finder.folder.list.table
    item = table.topLevelItem(nth)
    assert item is not None
    place = table.visualItemRect(item).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)


def test_choosing_one_opens_it_at_its_first_hit_with_the_bar_open(
    many: Hands, qtbot: QtBot
) -> None:
    everywhere(many, "russia")
    qtbot.waitUntil(lambda: ended(many))
    choose_row(many, 1)
    assert many.file.name == "kursk.carla.yaml"
    assert many.app.page.selection == (13, 19)
    assert said(many) == "1 of 2"
    assert in_text(many)
    many.press("1", "Return", "1")
    assert rows(many)[1] == ("kursk.txt", "2", "2")


def test_choosing_the_open_one_goes_to_its_first_hit(many: Hands, qtbot: QtBot) -> None:
    everywhere(many, "russia")
    qtbot.waitUntil(lambda: ended(many))
    many.press("F3", "F3")
    choose_row(many, 0)
    assert said(many) == f"1 of {RUSSIA}"
    assert in_text(many)


def test_what_is_not_saved_yet_counts_in_the_list(many: Hands, qtbot: QtBot) -> None:
    everywhere(many, "russia")
    qtbot.waitUntil(lambda: ended(many))
    many.press("Return", "1")
    assert rows(many)[0] == ("corea-del-nord.txt", "5", "1")
    many.press("Ctrl+Z")
    assert rows(many)[0] == ("corea-del-nord.txt", "5", "–")


def test_typing_on_looks_for_the_new_words_alone(many: Hands, qtbot: QtBot) -> None:
    everywhere(many, "russia")
    look_for(many, "kursk")
    qtbot.waitUntil(lambda: ended(many))
    assert rows(many)[-1] == ("kursk.txt", "1", "–")


def test_the_search_can_be_stopped(
    many: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, search = Event(), searching._search

    def search_the_first(
        folder: Folder, path: Path, annotator: str, wanted: SearchTerms
    ) -> ArticleHits:
        if path.name != "corea-del-nord.txt":
            gate.wait()
        return search(folder, path, annotator, wanted)

    monkeypatch.setattr(searching, "_search", search_the_first)
    everywhere(many, "russia")
    panel = many.app.finder.folder.list
    qtbot.waitUntil(lambda: len(rows(many)) == 1)
    assert panel.progress.text() == "5 hits in 1 article · 1 of 3 looked through"
    QTest.mouseClick(panel.stop, LEFT)
    gate.set()
    many.app.finder.folder.wait()
    QApplication.processEvents()
    assert rows(many) == FOUND[:1]
    assert not panel.stop.isVisible()


def test_closing_the_bar_closes_the_list(many: Hands, qtbot: QtBot) -> None:
    everywhere(many, "russia")
    qtbot.waitUntil(lambda: ended(many))
    many.press("Esc")
    assert not many.app.finder.folder.list.isVisible()
    many.press("Ctrl+F")
    assert many.app.finder.folder.list.isVisible()
