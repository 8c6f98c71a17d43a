from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from annotator.core.checks.answers import answer
from annotator.core.checks.problem import Code, Problem
from annotator.ui.problems.panel import NOT_HERE, TAKE_BACK, Problems
from annotator.ui.problems.rows import ListedProblem, ProblemRows

OPEN = Problem(Code.UNQUOTED, (), 4, 12, "“parole”", "These quotation marks stand outside.")
UNDECIDED = Problem(Code.UNDECIDED, ("c-1",), 20, 30, "le truppe", "It is not decided who.")
SETTLED = Problem(Code.TWICE, ("c-3", "c-2"), 40, 50, "la svolta", "This is tagged twice.")
(ANSWER,) = answer(SETTLED, "two voices").answers.after


@pytest.fixture
def panel(qtbot: QtBot) -> Problems:
    panel = Problems()
    qtbot.addWidget(panel)
    panel.resize(400, 300)
    panel.show_what(
        lambda problem: "tag quote" if problem is OPEN else "",
        lambda problem: "◆" if problem.ids else "",
    )
    panel.show_problems((OPEN, UNDECIDED), [(SETTLED, ANSWER)])
    panel.show()
    panel.lines.setFocus()
    return panel


def shown(panel: Problems) -> list[str]:
    model = panel.lines.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def to_row(panel: Problems, row: int) -> None:
    panel.lines.setCurrentIndex(panel.lines.model().index(row, 0))


def press(panel: Problems, key: Qt.Key) -> None:
    QTest.keyClick(panel.focusWidget(), key)


def click(panel: Problems, row: int) -> None:
    place = panel.lines.visualRect(panel.lines.model().index(row, 0)).center()
    QTest.mouseClick(panel.lines.viewport(), Qt.MouseButton.LeftButton, pos=place)


def menu_entry(panel: Problems, row: int, label: str) -> None:
    menu = panel.menu_for(panel.lines.model().index(row, 0))
    (action,) = (one for one in menu.actions() if one.text() == label)
    action.trigger()


def test_each_problem_tells_its_sentence_and_its_words(panel: Problems) -> None:
    assert shown(panel) == [
        "These quotation marks stand outside. “parole”",
        "It is not decided who. ◆ le truppe",
    ]


def test_what_enter_would_do_is_told_to_those_who_cannot_see_it(panel: Problems) -> None:
    told = panel.lines.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.endswith("“parole” Enter: tag quote")


def test_nothing_open_is_said_so(panel: Problems) -> None:
    assert not panel.nothing.isVisible()
    panel.show_problems((), ())
    assert panel.nothing.isVisible()
    assert not panel.answer.isEnabled()


def test_enter_mends_and_a_click_goes_there(qtbot: QtBot, panel: Problems) -> None:
    to_row(panel, 0)
    with qtbot.waitSignal(panel.mended) as mended, qtbot.assertNotEmitted(panel.picked):
        press(panel, Qt.Key.Key_Return)
    assert mended.args == [OPEN]
    with qtbot.waitSignal(panel.picked) as picked, qtbot.assertNotEmitted(panel.mended):
        click(panel, 1)
    assert picked.args == [UNDECIDED]


def test_the_text_follows_the_keyboard_from_problem_to_problem(
    qtbot: QtBot, panel: Problems
) -> None:
    to_row(panel, 0)
    with qtbot.waitSignal(panel.picked) as picked:
        press(panel, Qt.Key.Key_Down)
    assert picked.args == [UNDECIDED]


def test_n_asks_for_the_reason_in_one_line_and_enter_gives_it(
    qtbot: QtBot, panel: Problems
) -> None:
    to_row(panel, 1)
    press(panel, Qt.Key.Key_N)
    assert panel.reason.hasFocus()
    QTest.keyClicks(panel.reason, "no need")
    with qtbot.waitSignal(panel.answered) as answered:
        press(panel, Qt.Key.Key_Return)
    assert answered.args == [UNDECIDED, "no need"]
    assert not panel.reason.isVisible()
    assert panel.lines.hasFocus()


def test_without_a_reason_there_is_no_answer_and_esc_gives_up(
    qtbot: QtBot, panel: Problems
) -> None:
    to_row(panel, 1)
    press(panel, Qt.Key.Key_N)
    with qtbot.assertNotEmitted(panel.answered), qtbot.assertNotEmitted(panel.left):
        QTest.keyClicks(panel.reason, "  ")
        press(panel, Qt.Key.Key_Return)
        assert panel.reason.isVisible()
        press(panel, Qt.Key.Key_Escape)
    assert not panel.reason.isVisible()
    with qtbot.waitSignal(panel.left):
        press(panel, Qt.Key.Key_Escape)


def test_the_answer_is_for_the_problem_that_was_asked_about(qtbot: QtBot, panel: Problems) -> None:
    to_row(panel, 0)
    panel.begin_answer()
    panel.reason.setText("a title")
    panel.show_problems((UNDECIDED,), ())
    with qtbot.waitSignal(panel.answered) as answered:
        press(panel, Qt.Key.Key_Return)
    assert answered.args == [OPEN, "a title"]


def test_answered_ones_are_counted_and_shown_when_wanted(panel: Problems) -> None:
    assert panel.show_answered.text() == "Show answered (1)"
    panel.show_answered.click()
    assert shown(panel)[2] == "This is tagged twice. No problem here: two voices ◆ la svolta"
    panel.show_answered.click()
    assert len(shown(panel)) == 2
    panel.show_problems((OPEN,), ())
    assert not panel.show_answered.isVisible()


@pytest.mark.parametrize("way", ["key", "button", "menu"])
def test_an_answer_can_be_taken_back(qtbot: QtBot, panel: Problems, way: str) -> None:
    panel.show_answered.click()
    to_row(panel, 2)
    with qtbot.waitSignal(panel.taken_back) as taken:
        if way == "key":
            QTest.keyClick(panel.lines, Qt.Key.Key_N)
        elif way == "button":
            assert panel.answer.text() == TAKE_BACK
            panel.answer.click()
        else:
            menu_entry(panel, 2, TAKE_BACK)
    assert taken.args == [ANSWER]
    assert not panel.reason.isVisible()


def test_enter_on_an_answered_one_goes_there(qtbot: QtBot, panel: Problems) -> None:
    panel.show_answered.click()
    panel.lines.setFocus()
    to_row(panel, 2)
    with qtbot.waitSignal(panel.picked) as picked, qtbot.assertNotEmitted(panel.mended):
        press(panel, Qt.Key.Key_Return)
    assert picked.args == [SETTLED]


def test_the_right_button_offers_the_fix_the_way_and_the_answer(
    qtbot: QtBot, panel: Problems
) -> None:
    labels = [one.text() for one in panel.menu_for(panel.lines.model().index(0, 0)).actions()]
    assert labels == ["Tag quote", "Go there", NOT_HERE]
    with qtbot.waitSignal(panel.mended):
        menu_entry(panel, 0, "Tag quote")
    with qtbot.waitSignal(panel.picked):
        menu_entry(panel, 1, "Go there")
    menu_entry(panel, 1, NOT_HERE)
    assert panel.reason.isVisible()


def test_the_problem_of_the_selected_tag_is_marked(panel: Problems) -> None:
    panel.show_selected("c-1")
    assert panel.lines.currentIndex().row() == 1
    panel.show_selected("c-9")
    assert not panel.lines.selectedIndexes()


def test_a_new_search_leaves_what_it_found_again_where_it_is(panel: Problems) -> None:
    to_row(panel, 1)
    gone = QSignalSpy(panel.lines.model().rowsRemoved)
    panel.show_problems((UNDECIDED,), ())
    assert [gone.at(0)[1], gone.at(0)[2]] == [0, 0]
    assert panel.lines.currentIndex().row() == 0
    assert len(panel.lines.selectedIndexes()) == 1


SOME = st.lists(st.sampled_from([OPEN, UNDECIDED, SETTLED]), unique=True)


@given(st.lists(SOME, min_size=1))
def test_whatever_is_shown_after_whatever_the_rows_are_right(states: list[list[Problem]]) -> None:
    rows = ProblemRows()
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for state in states:
        rows.show([ListedProblem(problem) for problem in state])
        assert [item.problem for item in rows.items] == state
    del tester
