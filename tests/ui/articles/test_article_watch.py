"""The article changes under the open window, or had changed before it was opened."""

from __future__ import annotations

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Begin
from tests.ui.hands import Hands


def tag(hands: Hands, words: str) -> None:
    hands.select(words)
    hands.press("1")


def test_a_change_of_the_article_is_reported_and_work_goes_on_when_the_text_is_back(
    anna: Hands, folder: Path, qtbot: QtBot
) -> None:
    article = folder / "corea-del-nord.txt"
    text, tags = article.read_bytes(), len(anna.app.desk.tagging)
    tag(anna, "Mosca")
    article.write_text("Un altro testo.\n", "utf-8")
    qtbot.waitUntil(lambda: "was changed meanwhile" in anna.bar)
    tag(anna, "Pyongyang")
    assert len(anna.app.desk.tagging) == tags + 1
    anna.press("Ctrl+S")
    qtbot.waitUntil(lambda: anna.bar.startswith("Not saved: "))
    beside = folder / "back"
    beside.write_bytes(text)
    beside.replace(article)
    qtbot.waitUntil(lambda: "holds the text that you are tagging again" in anna.bar)
    tag(anna, "Pyongyang")
    assert len(anna.app.desk.tagging) == tags + 2
    anna.press("Ctrl+S")
    qtbot.waitUntil(lambda: not anna.app.desk.session.unsaved)  # type: ignore[union-attr]


def test_an_article_that_vanishes_is_reported_as_well(
    anna: Hands, folder: Path, qtbot: QtBot
) -> None:
    article = folder / "corea-del-nord.txt"
    text = article.read_bytes()
    article.unlink()
    qtbot.waitUntil(lambda: "it is not there (any more)" in anna.bar)
    article.write_bytes(text)
    qtbot.waitUntil(lambda: "holds the text that you are tagging again" in anna.bar)


def test_an_article_that_had_changed_leaves_the_others_of_its_folder_to_be_opened(
    begin: Begin, folder: Path, qtbot: QtBot
) -> None:
    (folder / "corea-del-nord.txt").write_text("Un altro testo.\n", "utf-8")
    (folder / "altro.txt").write_text("Mosca tace.\n", "utf-8")
    hands = begin(folder / "corea-del-nord.txt", "anna")
    assert "the article has changed since it was tagged" in hands.bar
    assert hands.app.desk.session is None
    view = hands.app.article_list.list
    rows = [view.model().index(row, 0).data() for row in range(view.model().rowCount())]
    assert rows == ["altro", "corea-del-nord"]
    view.clicked.emit(view.model().index(0, 0))
    session = hands.app.desk.session
    assert session is not None
    assert session.annotator == "anna"
    assert hands.app.page.article.text == "Mosca tace.\n"


def test_from_a_bad_article_of_another_folder_one_gets_to_a_good_one_of_it(
    anna: Hands, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    (other / "corea-del-nord.txt").write_text("Un altro testo.\n", "utf-8")
    (other / "mosca.txt").write_text("Mosca tace.\n", "utf-8")
    anna.app.opening.open(other / "corea-del-nord.txt", "anna")
    assert "the article has changed since it was tagged" in anna.bar
    assert anna.app.page.article.text != "Mosca tace.\n"  # the last good state stays
    anna.offer("Open another article of its folder")
    assert anna.app.page.article.text == "Mosca tace.\n"
