from __future__ import annotations

from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.checks.problem import Code
from annotator.core.model import Kind
from annotator.ui.theme import LIGHT
from tests.ui.conftest import Begin
from tests.ui.hands import LEFT, Hands
from tests.ui.looking import pixels_of

MARKS = '"voci infondate"'


def wait_for(qtbot: QtBot, hands: Hands, *codes: str) -> None:
    watch = hands.app.problems
    qtbot.waitUntil(lambda: [problem.code for problem in watch.open] == list(codes))


def tab(hands: Hands) -> str:
    tabs = hands.window.tabs
    return tabs.tabText(tabs.indexOf(hands.app.problems_panel))


def without_its_quote(qtbot: QtBot, anna: Hands) -> None:
    (quote,) = (one for one in anna.tags(Kind.QUOTE) if one.words == MARKS)
    anna.go_to(quote.id)
    anna.app.page.setFocus()
    anna.press("Del")
    wait_for(qtbot, anna, Code.UNQUOTED)


def in_the_list(hands: Hands, row: int = 0) -> None:
    hands.press("Alt+3", *["Down"] * row)
    assert hands.app.problems_panel.lines.hasFocus()
    assert [one.row() for one in hands.app.problems_panel.lines.selectedIndexes()] == [row]


def test_the_sample_has_no_problems_and_the_status_bar_keeps_silent(
    anna: Hands, qtbot: QtBot
) -> None:
    wait_for(qtbot, anna)
    assert tab(anna) == "Problems"
    assert not anna.app.status_bar.problems.isVisible()


def test_a_problem_is_counted_in_the_tab_and_in_the_status_bar(anna: Hands, qtbot: QtBot) -> None:
    without_its_quote(qtbot, anna)
    assert tab(anna) == "Problems 1"
    assert anna.app.status_bar.problems.text() == "1 problem"
    assert anna.app.status_bar.problems.isVisible()


def test_undo_takes_the_problem_away(anna: Hands, qtbot: QtBot) -> None:
    without_its_quote(qtbot, anna)
    anna.press("Ctrl+Z")
    wait_for(qtbot, anna)
    assert tab(anna) == "Problems"


def test_enter_in_the_list_tags_the_quote_that_is_missing(anna: Hands, qtbot: QtBot) -> None:
    without_its_quote(qtbot, anna)
    in_the_list(anna)
    anna.press("Return")
    assert anna.selected is not None
    assert (anna.selected.kind, anna.selected.words) == (Kind.QUOTE, MARKS)
    wait_for(qtbot, anna, Code.UNDECIDED)
    assert anna.app.problems_panel.lines.hasFocus()


def test_enter_goes_there_where_nothing_is_obvious(carla: Hands, qtbot: QtBot) -> None:
    claim = carla.tag("La dichiarazione ha segnato una svolta", "1")
    carla.app.desk.select("")
    qtbot.waitUntil(lambda: Code.UNDECIDED in [one.code for one in carla.app.problems.open])
    rows = [one.problem.ids for one in carla.app.problems_panel._rows.items]
    in_the_list(carla, rows.index((claim.id,)))
    carla.press("Return")
    assert carla.selected == claim
    assert carla.app.page.hasFocus()


def marked(hands: Hands) -> list[str]:
    lines = hands.app.problems_panel.lines
    return [
        hands.app.problems_panel._rows.items[i.row()].problem.words for i in lines.selectedIndexes()
    ]


def test_the_problem_of_what_is_selected_is_marked_and_no_other(carla: Hands, qtbot: QtBot) -> None:
    carla.window.show_list(carla.app.problems_panel)
    carla.app.page.setFocus()
    carla.tag("La notizia è stata riportata dall'agenzia sudcoreana Yonhap", "Y")
    wait_for(qtbot, carla, Code.EMPTY, *[Code.UNQUOTED] * 5)
    behind = carla.tag("citando la Korean Central News Agency", "Shift+K")
    qtbot.waitUntil(lambda: marked(carla) == [behind.words])
    carla.press("Esc", "Esc")
    carla.tag_alone("La dichiarazione ha segnato una svolta", "1")
    carla.press("U")
    qtbot.waitUntil(lambda: marked(carla) == [])
    assert not carla.app.problems_panel.answer.isEnabled()


def test_esc_leads_from_the_list_back_to_the_text(anna: Hands) -> None:
    anna.press("Alt+3", "Esc")
    assert anna.app.page.hasFocus()


def test_what_is_no_problem_here_is_kept_in_the_file_with_its_reason(
    anna: Hands, qtbot: QtBot
) -> None:
    without_its_quote(qtbot, anna)
    in_the_list(anna)
    anna.press("N")
    anna.type("a scare quote")
    anna.press("Return")
    wait_for(qtbot, anna)
    assert anna.app.problems_panel.show_answered.text() == "Show answered (1)"
    anna.press("Ctrl+S")
    qtbot.waitUntil(lambda: anna.is_saved)
    (given,) = anna.on_disk().answers
    assert (given.problem, given.exact, given.reason) == (Code.UNQUOTED, MARKS, "a scare quote")


def test_an_answer_is_one_step_for_undo(anna: Hands, qtbot: QtBot) -> None:
    without_its_quote(qtbot, anna)
    in_the_list(anna)
    anna.press("N")
    anna.type("so")
    anna.press("Return")
    wait_for(qtbot, anna)
    anna.press("Ctrl+Z")
    wait_for(qtbot, anna, Code.UNQUOTED)
    anna.press("Ctrl+Y")
    wait_for(qtbot, anna)


def test_an_answer_taken_back_is_a_problem_again(anna: Hands, qtbot: QtBot) -> None:
    without_its_quote(qtbot, anna)
    in_the_list(anna)
    anna.press("N")
    anna.type("so")
    anna.press("Return")
    wait_for(qtbot, anna)
    QTest.mouseClick(anna.app.problems_panel.show_answered, LEFT)
    in_the_list(anna)
    anna.press("N")
    wait_for(qtbot, anna, Code.UNQUOTED)


def test_who_may_not_change_anything_is_offered_no_fix_and_told_why(
    anna: Hands, begin: Begin, qtbot: QtBot
) -> None:
    without_its_quote(qtbot, anna)
    anna.press("Ctrl+S")
    qtbot.waitUntil(lambda: anna.is_saved)  # else the second window may read what was before
    second = begin(anna.file)
    wait_for(qtbot, second, Code.UNQUOTED)
    panel = second.app.problems_panel
    assert panel._rows.label_of(second.app.problems.open[0]) == ""
    in_the_list(second)
    second.press("N")
    second.type("so")
    second.press("Return")
    assert second.hint
    assert second.app.desk.session is not None
    assert second.app.desk.session.header.answers == ()


def reds(hands: Hands) -> int:
    """How many dots of the page have the colour of problems."""
    image = pixels_of(hands.app.page.viewport())
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    pixels = memoryview(image.constBits()).cast("B").cast("I")
    return pixels.tolist().count(QColor(LIGHT.problem).rgba())


def test_problems_are_underlined_on_the_page_in_their_colour(anna: Hands, qtbot: QtBot) -> None:
    anna.app.settings.put("colours", "light")
    anna.app.appearance.apply()
    wait_for(qtbot, anna)
    assert reds(anna) == 0
    without_its_quote(qtbot, anna)
    assert reds(anna) > 20
    anna.press("Ctrl+Z")
    wait_for(qtbot, anna)
    assert reds(anna) == 0
    (rbc,) = (one for one in anna.tags(Kind.ATTRIBUTION) if one.source == "rbc")
    anna.go_to(rbc.id)
    anna.app.page.setFocus()
    anna.press("Del")
    wait_for(qtbot, anna, Code.UNDECIDED)
    anna.app.page.put_caret(anna.app.problems.open[0].start)
    assert reds(anna) > 20


def test_an_article_that_nobody_has_begun_is_not_marked_as_a_problem(
    carla: Hands, qtbot: QtBot
) -> None:
    carla.app.settings.put("colours", "light")
    carla.app.appearance.apply()
    wait_for(qtbot, carla, *[Code.UNQUOTED] * 5)
    carla.app.page.put_caret(carla.app.problems.open[0].start)
    assert tab(carla) == "Problems 5"
    assert not carla.app.status_bar.problems.isVisible()
    assert reds(carla) == 0
    carla.tag("La dichiarazione ha segnato una svolta", "1")
    carla.press("U")
    qtbot.waitUntil(carla.app.status_bar.problems.isVisible)
    wait_for(qtbot, carla, *[Code.UNQUOTED] * 5)
    assert reds(carla) > 20


def test_an_article_called_done_with_nothing_tagged_shows_its_problems(
    carla: Hands, qtbot: QtBot
) -> None:
    wait_for(qtbot, carla, *[Code.UNQUOTED] * 5)
    carla.press("Ctrl+Return")
    qtbot.waitUntil(carla.app.status_bar.problems.isVisible)


def test_another_article_has_its_own_problems(anna: Hands, qtbot: QtBot) -> None:
    without_its_quote(qtbot, anna)
    watch = anna.app.problems
    assert anna.app.desk.session is not None
    watch.begin(anna.app.desk.session)
    assert watch.open == ()
    assert tab(anna) == "Problems"
    wait_for(qtbot, anna, Code.UNQUOTED)
