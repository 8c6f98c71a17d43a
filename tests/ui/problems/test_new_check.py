"""A check as a stranger adds one: a rule, and its name in the table of rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytestqt.qtbot import QtBot

from annotator.cli import program
from annotator.core.checks import problems
from annotator.core.checks.problem import Problem, about
from annotator.core.model import Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from tests.ui.hands import Hands
from tests.ui.problems.test_problem_search import in_the_list, wait_for

CURT = "curt-claim"


def curt(tagging: Tagging, article: Article, registry: Registry) -> Iterator[Problem | None]:
    """Claims of one word."""
    for one in tagging.annotations():
        if one.kind is Kind.CLAIM and " " not in one.words:
            yield about(CURT, "This claim is one word.", one)
        yield None


def checked(file: Path) -> list[str]:
    """The problems of a file, as the command line tells them to programs."""
    told = CliRunner().invoke(program, ["check", "--problems", "--format", "json", str(file)])
    return [f"{one['code']}: {one['what']}" for one in json.loads(told.stdout)["problems"]]


def save(qtbot: QtBot, hands: Hands) -> None:
    hands.press("Ctrl+S")
    qtbot.waitUntil(lambda: hands.is_saved)


def test_a_new_check_is_a_rule_and_comes_with_the_list_the_command_line_and_answers(
    anna: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(problems, "RULES", (*problems.RULES, curt))
    claim = anna.tag_alone("truppe", "1")
    anna.press("U")
    wait_for(qtbot, anna, CURT)
    lines = anna.app.problems_panel.lines
    assert str(lines.model().index(0, 0).data()).startswith("This claim is one word.")
    save(qtbot, anna)
    assert checked(anna.file) == [f"{CURT}: {claim.id}: this claim is one word"]
    in_the_list(anna)
    anna.press("N")
    anna.type("so it is said")
    anna.press("Return")
    wait_for(qtbot, anna)
    save(qtbot, anna)
    assert [(one.problem, one.of) for one in anna.on_disk().answers] == [(CURT, (claim.id,))]
    assert checked(anna.file) == []
