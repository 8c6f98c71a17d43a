"""What was answered to a problem is kept in the file, journaled, merged and undone like tags."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import header
from annotator.core.change import Change, added
from annotator.core.checks.answers import answer, take_back
from annotator.core.checks.problem import Code, Problem
from annotator.core.errors import StaleChange
from annotator.core.model import Answer, ArticleRef, Document
from annotator.core.sources import Registry
from annotator.core.text.article import Article
from annotator.storage.files import annotation_file
from annotator.storage.files.annotation_file import document_bytes, document_errors, parse_document
from annotator.storage.recovery import recover
from annotator.storage.session import Session
from tests.storage.conftest import Open
from tests.storage.hands import do_tag, on_disk

QUOTED = Problem(Code.UNQUOTED, (), 34, 45, "«in Russia»", "These marks stand outside any quote.")
TITLE = Answer(problem="unquoted-marks", exact="«in Russia»", reason='a "title"')
DECIDED = Answer(problem="undecided", of=("c-000001",), exact="le truppe", reason="by all")

LINES = (
    b"status: in-progress\n"
    b"answers:\n"
    b'- {problem: undecided, of: [c-000001], exact: "le truppe", reason: "by all"}\n'
    b'- {problem: unquoted-marks, exact: "\xc2\xabin Russia\xc2\xbb", reason: "a \\"title\\""}\n'
    b"annotations:"
)


def document(*answers: Answer) -> Document:
    ref = ArticleRef(file="../a.txt", sha256="7c" * 32, length=9)
    return Document(article=ref, annotator="anna", answers=answers)


def changed(answers: tuple[Answer, ...], change: Change) -> tuple[Answer, ...]:
    return header.changed(document(*answers), change).answers


def test_each_answer_is_a_line_above_the_annotations() -> None:
    data = document_bytes(document(DECIDED, TITLE))
    assert LINES in data
    assert parse_document(data, "a.yaml").answers == (DECIDED, TITLE)


def test_without_answers_the_file_says_nothing_of_them() -> None:
    assert b"answers" not in document_bytes(document())


def test_answers_are_read_in_any_order_and_kept_in_one() -> None:
    lines = document_bytes(document(DECIDED, TITLE)).splitlines(keepends=True)
    row = lines.index(b"answers:\n")
    lines[row + 1 : row + 3] = reversed(lines[row + 1 : row + 3])
    assert parse_document(b"".join(lines), "a.yaml") == document(DECIDED, TITLE)


def test_a_file_with_answers_is_read_the_fast_way(
    seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = seeds / "annotations" / "corea-del-nord.anna.yaml"
    seed = parse_document(path.read_bytes(), path.name)
    answers = replace(seed, answers=(TITLE,))
    monkeypatch.delattr(annotation_file, "parse_with_lines")
    assert parse_document(document_bytes(answers), path.name) == answers


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b', reason: "by all"', b"", "'reason' is missing in an answer"),
        (b'reason: "by all"', b'reason: ""', "reason is empty, expected some text"),
        (b"[c-000001]", b"[anna]", "something like c-8r3tdw"),
        (b"problem: undecided", b"problem: Undecided", "something like unquoted-marks"),
        (b"of: [", b"off: [", "unknown key 'off', did you mean 'of'?"),
    ],
)
def test_a_wrong_answer_is_told_at_its_line(old: bytes, new: bytes, what: str) -> None:
    data = document_bytes(document(DECIDED))
    (problem,) = document_errors(data.replace(old, new), "a.yaml")
    assert str(problem).startswith("a.yaml:9: ")
    assert what in str(problem)


def test_an_answer_is_saved_and_taken_back_without_a_trace(session: Session) -> None:
    do_tag(session, 0, 7)
    session.save()
    before = session.path.read_bytes()
    session.do(answer(QUOTED, TITLE.reason))
    session.save()
    assert on_disk(session).answers == session.header.answers == (TITLE,)
    session.do(take_back(TITLE))
    session.close()
    assert session.path.read_bytes() == before


def test_an_answer_given_twice_or_taken_back_twice_is_stale(session: Session) -> None:
    session.do(answer(QUOTED, "a title"))
    with pytest.raises(StaleChange):
        session.do(answer(QUOTED, "a title"))
    with pytest.raises(StaleChange):
        session.do(take_back(TITLE))
    session.abandon()


def test_after_a_crash_answers_come_back(session: Session, open_as: Open) -> None:
    do_tag(session, 0, 7)
    session.save()
    session.do(answer(QUOTED, TITLE.reason))
    session.abandon()
    opened = open_as()
    assert opened.reports == ("1 change not saved last time came back.",)
    assert opened.session.header.answers == (TITLE,)
    opened.session.close()
    assert on_disk(opened.session).answers == (TITLE,)


def test_answers_of_two_windows_come_together_in_the_file(session: Session) -> None:
    claim = do_tag(session, 0, 7)
    session.save()
    session.path.write_bytes(document_bytes(replace(on_disk(session), answers=(DECIDED,))))
    session.do(answer(QUOTED, TITLE.reason))
    merged: list[Change] = []
    session.merged.append(merged.append)
    assert session.save().merged == 1
    assert [change.answers.after for change in merged] == [(DECIDED,)]
    assert session.header.answers == on_disk(session).answers == (DECIDED, TITLE)
    assert on_disk(session).annotations == (claim,)
    session.close()


def some(reason: str) -> Answer:
    return replace(TITLE, reason=reason)


@given(st.lists(st.sampled_from("abc"), max_size=6), st.data())
def test_from_whichever_save_it_begins_recovery_ends_with_the_last_answers(
    toggled: list[str], data: st.DataObject
) -> None:
    saved, steps = [document()], []
    for reason in toggled:
        there = saved[-1].answers
        step = Change("x", answers=added(some(reason)))
        steps.append(step.inverse() if some(reason) in there else step)
        saved.append(document(*changed(there, steps[-1])))
    start = data.draw(st.sampled_from(saved))
    recovery = recover(steps, start, Registry(), Article("Notizia."))
    assert changed(start.answers, recovery.change) == saved[-1].answers
    assert not recovery.left_out
    undone = changed(changed(start.answers, recovery.change), recovery.change.inverse())
    assert undone == start.answers
