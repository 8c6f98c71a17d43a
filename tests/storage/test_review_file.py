"""A review's decisions and comments are kept, journaled, merged and undone like tags."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.change import Change, Delta, added
from annotator.core.errors import EditRefused, StaleChange, StorageError
from annotator.core.header import changed, decision_on
from annotator.core.model import ArticleRef, Comment, Decision, Document, Verdict
from annotator.core.sources import Registry
from annotator.core.text.article import Article
from annotator.storage.files import annotation_file
from annotator.storage.files.annotation_file import document_bytes, document_errors, parse_document
from annotator.storage.folder import Folder
from annotator.storage.opening import Opened, open_review, open_session
from annotator.storage.recovery import recover
from annotator.storage.session import Session
from tests.storage.conftest import DEFAULT
from tests.storage.hands import do_tag, on_disk

ACCEPTED = Decision(
    of="anna#q-0ay5hs", verdict=Verdict.ACCEPTED, as_id="q-000001", version="0123456789ab"
)
REJECTED = Decision(of="boris#c-0vg3te", verdict=Verdict.REJECTED, reason="a quote, not a claim")
ASKED = Comment(of="anna#q-0ay5hs", by="carla", text="With its marks?")
ANSWERED = Comment(of="anna#q-0ay5hs", by="anna", text='Yes: "always"')

LINES = (
    b"status: in-progress\n"
    b"reviews: [anna, boris]\n"
    b"decisions:\n"
    b'- {of: anna#q-0ay5hs, verdict: accepted, as: q-000001, version: "0123456789ab"}\n'
    b'- {of: boris#c-0vg3te, verdict: rejected, reason: "a quote, not a claim"}\n'
    b"comments:\n"
    b'- {of: anna#q-0ay5hs, by: carla, text: "With its marks?"}\n'
    b'- {of: anna#q-0ay5hs, by: anna, text: "Yes: \\"always\\""}\n'
    b"annotations:"
)


def document(*decisions: Decision, comments: tuple[Comment, ...] = ()) -> Document:
    return Document(
        article=ArticleRef(file="../a.txt", sha256="7c" * 32, length=9),
        annotator="carla",
        reviews=("anna", "boris"),
        decisions=decisions,
        comments=comments,
    )


REVIEW = document(ACCEPTED, REJECTED, comments=(ASKED, ANSWERED))


@pytest.fixture
def seeded(seeds: Path, tmp_path: Path) -> Folder:
    """A copy of the seed folder."""
    shutil.copytree(seeds, tmp_path / "seeds")
    return Folder(tmp_path / "seeds")


def open_for_carla(folder: Folder) -> Opened:
    return open_review(folder, folder.articles()[0], "carla", DEFAULT)


@pytest.fixture
def review(seeded: Folder) -> Session:
    """The seed article, open for carla's review."""
    return open_for_carla(seeded).session


def decide(*decisions: Decision, instead_of: tuple[Decision, ...] = ()) -> Change:
    return Change("Decide", decisions=Delta(instead_of, decisions))


def test_each_decision_and_comment_is_a_line_above_the_annotations() -> None:
    data = document_bytes(REVIEW)
    assert LINES in data
    assert parse_document(data, "a.yaml") == REVIEW


def test_decisions_are_read_in_any_order_and_kept_in_one() -> None:
    lines = document_bytes(REVIEW).splitlines(keepends=True)
    row = lines.index(b"decisions:\n")
    lines[row + 1 : row + 3] = reversed(lines[row + 1 : row + 3])
    assert parse_document(b"".join(lines), "a.yaml") == REVIEW


def test_a_review_is_read_the_fast_way(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = seeds / "annotations" / "corea-del-nord.anna.yaml"
    agreed = parse_document(path.read_bytes(), path.name).annotations
    monkeypatch.delattr(annotation_file, "parse_with_lines")
    review = replace(REVIEW, annotations=agreed)
    assert parse_document(document_bytes(review), path.name) == review


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b"of: boris#c-0vg3te", b"of: anna#q-0ay5hs", "11: anna#q-0ay5hs is decided on twice"),
        (b"of: boris#c-0vg3te", b"of: boris", "something like anna#q-0ay5hs"),
        (b"0123456789ab", b"012345", "12 digits of 0-9 and a-f"),
        (b'"With its marks?"', b'""', "13: text is empty, expected some text"),
        (b"by: carla, ", b"", "13: 'by' is missing in a comment"),
        (b"by: carla", b"bye: carla", "unknown key 'bye', did you mean 'by'?"),
        (b"reviews: [anna, boris]\n", b"", "'reviews' is missing"),
    ],
)
def test_what_is_wrong_in_a_review_is_told(old: bytes, new: bytes, what: str) -> None:
    problems = document_errors(document_bytes(REVIEW).replace(old, new), "a.yaml")
    assert what in " ".join(map(str, problems))


def test_opening_a_review_writes_nothing_and_names_everybody_who_tagged(seeded: Folder) -> None:
    opened = open_for_carla(seeded)
    assert opened.reports == ()
    assert opened.session.document().reviews == ("anna", "boris")
    assert opened.colleagues
    assert [len(tagging) for tagging in opened.colleagues.taggings.values()] == [23, 17]
    opened.session.close()
    assert seeded.review_files(seeded.articles()[0]) == {}


def test_nothing_tagged_is_nothing_to_review(folder: Folder) -> None:
    with pytest.raises(StorageError, match=r"^Nobody has tagged corea del nord\.txt yet; "):
        open_for_carla(folder)


def test_decisions_and_comments_are_saved_and_undone_without_a_trace(review: Session) -> None:
    do_tag(review, 0, 7)
    review.save()
    before = review.path.read_bytes()
    done = [
        decide(REJECTED),
        decide(ACCEPTED),
        Change("Comment", comments=added(ASKED)),
        decide(replace(ACCEPTED, verdict=Verdict.QUESTION), instead_of=(ACCEPTED,)),
        Change("Comment", comments=added(ANSWERED)),
    ]
    for change in done:
        review.do(change)
    review.save()
    assert [one.verdict for one in on_disk(review).decisions] == ["question", "rejected"]
    assert on_disk(review).comments == (ASKED, ANSWERED)
    assert on_disk(review) == review.document()
    for change in reversed(done):
        review.do(change.inverse())
    review.close()
    assert review.path.read_bytes() == before


def test_what_no_longer_fits_is_refused(review: Session) -> None:
    review.do(decide(ACCEPTED))
    with pytest.raises(StaleChange):
        review.do(decide(replace(ACCEPTED, verdict=Verdict.REJECTED)))
    with pytest.raises(StaleChange):
        review.do(decide(instead_of=(REJECTED,)))
    review.do(Change("Comment", comments=added(ASKED)))
    with pytest.raises(StaleChange):
        review.do(Change("Comment", comments=added(ASKED)))
    review.abandon()


def test_after_a_crash_decisions_and_comments_come_back(seeded: Folder, review: Session) -> None:
    review.do(decide(REJECTED))
    review.save()
    review.do(decide(ACCEPTED, instead_of=()))
    review.do(decide(instead_of=(REJECTED,)))
    review.do(Change("Comment", comments=added(ASKED)))
    review.abandon()
    opened = open_for_carla(seeded)
    assert opened.reports == ("3 changes not saved last time came back.",)
    assert opened.session.header.decisions == (ACCEPTED,)
    opened.session.close()
    assert on_disk(opened.session).comments == (ASKED,)


def test_a_decision_that_somebody_else_made_otherwise_is_kept_aside(
    seeded: Folder, review: Session
) -> None:
    review.do(decide(REJECTED))
    review.save()
    other = replace(REJECTED, verdict=Verdict.QUESTION, reason="why?")
    review.do(decide(replace(REJECTED, reason="unclear"), instead_of=(REJECTED,)))
    review.abandon()
    review.path.write_bytes(document_bytes(replace(on_disk(review), decisions=(other,))))
    opened = open_for_carla(seeded)
    assert "1 change of the journal could not be brought back" in opened.reports[0]
    assert opened.session.header.decisions == (other,)
    opened.session.close()


def test_decisions_of_two_windows_come_together_in_the_file(review: Session) -> None:
    review.do(decide(REJECTED))
    review.save()
    theirs = replace(on_disk(review), decisions=(ACCEPTED, REJECTED), comments=(ANSWERED,))
    review.path.write_bytes(document_bytes(theirs))
    third = Decision(of="boris#q-9sb3ma", verdict=Verdict.QUESTION)
    review.do(decide(third))
    review.do(Change("Comment", comments=added(ASKED)))
    merged: list[Change] = []
    review.merged.append(merged.append)
    assert review.save().merged == 2
    assert [change.decisions.after for change in merged] == [(ACCEPTED,)]
    assert review.header.decisions == on_disk(review).decisions == (ACCEPTED, REJECTED, third)
    assert review.header.comments == on_disk(review).comments
    assert set(on_disk(review).comments) == {ASKED, ANSWERED}
    review.close()


def test_where_both_decided_otherwise_ours_stands_and_theirs_is_told(review: Session) -> None:
    review.do(decide(REJECTED))
    review.save()
    other = replace(REJECTED, reason="theirs")
    review.path.write_bytes(document_bytes(replace(on_disk(review), decisions=(other,))))
    ours = replace(REJECTED, reason="ours")
    review.do(decide(ours, instead_of=(REJECTED,)))
    (sentence,) = review.save().sentences
    assert "decision on boris#c-0vg3te was changed elsewhere too, yours was kept" in sentence
    assert on_disk(review).decisions == (ours,)
    review.close()


def test_who_turns_up_later_is_reviewed_as_well(seeded: Folder, review: Session) -> None:
    review.do(decide(REJECTED))
    review.close()
    late = open_session(seeded, seeded.articles()[0], "Dora", DEFAULT).session
    do_tag(late, 0, 20)
    late.close()
    again = open_for_carla(seeded).session
    assert again.header.reviews == ("anna", "boris", "Dora")
    again.do(decide(ACCEPTED))
    again.close()
    assert on_disk(again).reviews == ("anna", "boris", "Dora")


def test_a_second_window_reads_a_review_and_cannot_change_it(
    seeded: Folder, review: Session
) -> None:
    review.do(decide(REJECTED))
    second = open_for_carla(seeded).session
    assert second.read_only
    assert "corea-del-nord.carla.review.yaml is open by" in second.read_only
    with pytest.raises(EditRefused):
        second.do(decide(ACCEPTED))
    second.abandon()
    review.close()


def test_whose_tagging_was_seen_is_kept_and_cannot_be_undone(seeded: Folder) -> None:
    article = seeded.articles()[0]
    anna = open_session(seeded, article, "anna", DEFAULT).session
    before = anna.path.read_bytes()
    steps: list[Change] = []
    anna.changed.append(steps.append)
    anna.see("boris")
    anna.see("boris")
    assert steps == []
    assert anna.unsaved
    anna.abandon()
    again = open_session(seeded, article, "anna", DEFAULT)
    assert again.reports == ("1 change not saved last time came back.",)
    again.session.close()
    seen = b'status: done\nx-seen: ["boris"]\n'
    assert before.replace(b"status: done\n", seen) == anna.path.read_bytes()


def test_what_two_windows_saw_is_seen(seeded: Folder) -> None:
    anna = open_session(seeded, seeded.articles()[0], "anna", DEFAULT).session
    anna.see("boris")
    anna.save()
    theirs = replace(on_disk(anna), extra=(("x-seen", ["boris", "carla"]), ("x-desk", "2")))
    anna.path.write_bytes(document_bytes(theirs))
    anna.see("dora")
    report = anna.close()
    assert report.sentences == ()
    assert dict(on_disk(anna).extra) == {"x-seen": ["boris", "carla", "dora"], "x-desk": "2"}


def test_a_decision_is_found_by_its_address() -> None:
    assert decision_on(REVIEW.decisions, "boris#c-0vg3te") == REJECTED
    assert decision_on(REVIEW.decisions, "boris#c-000000") is None


def some(verdict: Verdict) -> Decision:
    return replace(REJECTED, verdict=verdict)


@given(st.lists(st.sampled_from([None, *Verdict]), max_size=6), st.data())
def test_from_whichever_save_it_begins_recovery_ends_with_the_last_decisions(
    verdicts: list[Verdict | None], data: st.DataObject
) -> None:
    saved, steps = [document()], list[Change]()
    for verdict in verdicts:
        there = saved[-1].decisions
        new = (some(verdict),) if verdict else ()
        steps.append(Change("x", decisions=Delta(there, new)))
        saved.append(changed(saved[-1], steps[-1]))
    start = data.draw(st.sampled_from(saved))
    recovery = recover(steps, start, Registry(), Article("Notizia."))
    assert changed(start, recovery.change) == saved[-1]
    assert not recovery.left_out
    assert changed(saved[-1], recovery.change.inverse()) == start
