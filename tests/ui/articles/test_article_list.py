from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from annotator.core.errors import StorageError
from annotator.core.model import Kind
from annotator.storage.folder import ArticleState, Stage
from annotator.ui import theme
from annotator.ui.articles.article_list import ArticleList, state_words
from tests.ui.looking import pixels_of

DONE = ArticleState(Stage.DONE, 23)
FRESH = ArticleState(Stage.UNTOUCHED, 0)


def paths(count: int) -> list[Path]:
    return [Path("folder") / f"article-{number}.txt" for number in range(count)]


@pytest.fixture
def panel(qtbot: QtBot) -> ArticleList:
    panel = ArticleList()
    qtbot.addWidget(panel)
    panel.resize(220, 300)
    panel.show()
    return panel


def names(panel: ArticleList) -> list[str]:
    model = panel.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def spoken(panel: ArticleList, row: int) -> str:
    return str(panel.list.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_articles_are_listed_without_extension_and_the_open_one_is_marked(
    panel: ArticleList,
) -> None:
    three = paths(3)
    panel.show_folder(three, three[1], lambda path: FRESH)
    assert names(panel) == ["article-0", "article-1", "article-2"]
    assert panel.list.currentIndex().row() == 1


def test_long_names_that_begin_alike_are_told_apart(panel: ArticleList) -> None:
    long = "a-long-name-that-has-no-room-in-the-list"
    alike = [Path("folder") / f"{long}-{number}.txt" for number in (1, 1000, 2)]
    panel.show_folder(alike, Path("none"), lambda path: FRESH)
    seen = pixels_of(panel.list.viewport())
    rows = [panel.list.visualRect(panel.list.model().index(row, 0)) for row in range(3)]
    first, _, third = (seen.copy(row) for row in rows)
    assert first != third


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (FRESH, "–"),
        (ArticleState(Stage.IN_PROGRESS, 1), "1 tag"),
        (ArticleState(Stage.IN_PROGRESS, 12), "12 tags"),
        (ArticleState(Stage.IN_PROGRESS, 10_000), "10,000 tags"),
        (DONE, "done"),
        (ArticleState(Stage.REVIEWED, 23), "reviewed"),
        (None, "unreadable"),
    ],
)
def test_the_state_is_told_in_a_word_or_two(state: ArticleState | None, words: str) -> None:
    assert state_words(state) == words


def test_only_what_is_on_the_screen_is_asked_for_its_state(panel: ArticleList) -> None:
    asked: list[Path] = []

    def state_of(path: Path) -> ArticleState:
        asked.append(path)
        return FRESH

    panel.show_folder(paths(2000), None, state_of)
    panel.grab()
    panel.grab()
    assert 0 < len(asked) < 30
    assert len(asked) == len(set(asked))


def test_refresh_asks_again_for_that_article_only(panel: ArticleList) -> None:
    two, states = paths(2), dict.fromkeys(paths(2), FRESH)
    asked: list[Path] = []

    def state_of(path: Path) -> ArticleState:
        asked.append(path)
        return states[path]

    panel.show_folder(two, two[0], state_of)
    assert [spoken(panel, row) for row in (0, 1)] == [
        "article-0, untouched",
        "article-1, untouched",
    ]
    asked.clear()
    states[two[1]] = DONE
    panel.refresh(two[1])
    assert [spoken(panel, row) for row in (0, 1)] == ["article-0, untouched", "article-1, done"]
    assert asked == [two[1]]


def test_an_article_whose_files_cannot_be_read_is_marked_and_hinders_nobody(
    panel: ArticleList,
) -> None:
    def state_of(path: Path) -> ArticleState:
        raise StorageError("anna.yaml: no permission to read it.")

    panel.show_folder(paths(1), None, state_of)
    panel.grab()
    assert spoken(panel, 0) == "article-0, unreadable"


def test_the_filter_is_there_from_eight_articles_on(panel: ArticleList) -> None:
    panel.show_folder(paths(7), None, lambda path: FRESH)
    assert panel.filter.isHidden()
    panel.show_folder(paths(8), None, lambda path: FRESH)
    assert panel.filter.isVisible()


def test_the_filter_narrows_the_list_and_another_folder_clears_it(
    qtbot: QtBot, panel: ArticleList
) -> None:
    panel.show_folder(paths(12), None, lambda path: FRESH)
    QTest.keyClicks(panel.filter, "LE-1")
    assert names(panel) == ["article-1", "article-10", "article-11"]
    panel.show_folder(paths(12), paths(12)[10], lambda path: FRESH)
    assert panel.filter.text() == "LE-1"
    panel.show_folder(paths(9), None, lambda path: FRESH)
    assert len(names(panel)) == 9


def test_a_click_chooses_an_article(qtbot: QtBot, panel: ArticleList) -> None:
    panel.show_folder(paths(3), None, lambda path: FRESH)
    place = panel.list.visualRect(panel.list.model().index(2, 0)).center()
    with qtbot.waitSignal(panel.chosen) as chosen:
        QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [paths(3)[2]]


def test_arrows_only_move_and_enter_chooses(qtbot: QtBot, panel: ArticleList) -> None:
    panel.show_folder(paths(3), paths(3)[0], lambda path: FRESH)
    chosen = QSignalSpy(panel.chosen)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert chosen.count() == 0
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert [chosen.at(n)[0] for n in range(chosen.count())] == [paths(3)[1]]


def test_step_goes_to_the_neighbour_and_stops_at_the_ends(panel: ArticleList) -> None:
    three = paths(3)
    panel.show_folder(three, three[1], lambda path: FRESH)
    assert (panel.step(-1), panel.step(+1)) == (three[0], three[2])
    panel.show_folder(three, three[2], lambda path: FRESH)
    assert panel.step(+1) is None
    panel.show_folder(three, three[0], lambda path: FRESH)
    assert panel.step(-1) is None


def test_step_skips_what_the_filter_hides(panel: ArticleList) -> None:
    twelve = paths(12)
    panel.show_folder(twelve, twelve[4], lambda path: FRESH)
    panel.filter.setText("1")
    assert (panel.step(-1), panel.step(+1)) == (twelve[1], twelve[10])


def test_without_a_folder_there_is_nowhere_to_step(panel: ArticleList) -> None:
    assert panel.step(+1) is None


def test_the_dots_have_the_themes_colours(panel: ArticleList) -> None:
    panel.show_folder(paths(1), None, lambda path: DONE)
    for one in (theme.LIGHT, theme.DARK):
        panel.set_theme(one)
        row = panel.list.visualRect(panel.list.model().index(0, 0))
        image = pixels_of(panel.list.viewport())
        green = one.kinds[Kind.ATTRIBUTION].line
        assert image.pixelColor(row.left() + 12, row.center().y()) == green


def test_an_article_that_is_worked_on_is_shown_as_it_is_before_it_is_saved(
    panel: ArticleList,
) -> None:
    one, two = paths(2)
    states = {one: FRESH, two: ArticleState(Stage.REVIEWED, 3)}
    panel.show_folder([one, two], one, states.__getitem__)
    assert spoken(panel, 0) == "article-0, untouched"
    panel.follow(one, False, 2)
    assert spoken(panel, 0) == "article-0, 2 tags"
    panel.follow(one, True, 2)
    assert spoken(panel, 0) == "article-0, done"
    assert spoken(panel, 1) == "article-1, reviewed"
    panel.follow(two, False, 4)
    assert spoken(panel, 1) == "article-1, reviewed"
    panel.refresh(one)
    assert spoken(panel, 0) == "article-0, untouched"
