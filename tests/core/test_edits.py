from __future__ import annotations

import re
from dataclasses import replace

import pytest

from annotator.core import edits
from annotator.core.change import replaced
from annotator.core.model import (
    Certainty,
    Kind,
    Stance,
    Status,
    Unattributed,
)
from annotator.core.sources import Source
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from tests.core.builders import NEWS, do, on, refused, tag

CLAIM, QUOTE, ATTRIBUTION = Kind.CLAIM, Kind.QUOTE, Kind.ATTRIBUTION
BREAK = NEWS.text.index("\n\n"), NEWS.text.index("\n\n") + 2


# Tagging


def test_selected_words_become_a_claim_without_blanks_and_stray_punctuation() -> None:
    claim = tag(Tagging(), CLAIM, "truppe in Russia. ")
    assert re.fullmatch("c-[0-9a-z]{6}", claim.id)
    assert (claim.kind, claim.words, claim.source) == (CLAIM, "truppe in Russia", None)
    assert NEWS.text[claim.start : claim.end] == "truppe in Russia"


def test_raw_words_are_tagged_as_they_were_selected() -> None:
    assert tag(Tagging(), CLAIM, " truppe in Russia. ", raw=True).words == " truppe in Russia. "


def test_a_quote_keeps_its_quotation_marks() -> None:
    assert tag(Tagging(), QUOTE, "“Siamo alleati” ").words == "“Siamo alleati”"


def test_the_whole_article_can_be_one_tag() -> None:
    whole = do(Tagging(), edits.tag(Tagging(), NEWS, CLAIM, [(0, len(NEWS.text))], raw=True))
    assert (whole.start, whole.end, whole.words) == (0, len(NEWS.text), NEWS.text)


def test_selections_become_fragments_in_text_order_whatever_the_order_of_selecting() -> None:
    spans = edits.cut(NEWS, [(29, 37), (0, 9), (10, 12)])
    assert [span[:2] for span in spans] == [(0, 9), (10, 12), (29, 37)]


def test_selections_that_overlap_or_touch_become_one_fragment() -> None:
    assert [s[:2] for s in edits.cut(NEWS, [(0, 9), (5, 12), (12, 20)], raw=True)] == [(0, 20)]
    assert [s[:2] for s in edits.cut(NEWS, [(0, 40), (5, 12)], raw=True)] == [(0, 40)]


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("ranges", [[], [(5, 5)], [(9, 10)], [(9, 10), BREAK], [(12, 3)]])
def test_blanks_cannot_be_tagged(ranges: list[tuple[int, int]], raw: bool) -> None:
    sentence = refused(lambda: edits.tag(Tagging(), NEWS, CLAIM, ranges, raw=raw))
    assert sentence == "There are no words in the selection; select some words first."


def test_blanks_beside_words_are_left_out() -> None:
    assert [s.exact for s in edits.cut(NEWS, [(0, 9), BREAK], raw=True)] == ["Pyongyang"]


def test_punctuation_alone_can_be_tagged_if_somebody_wants_to() -> None:
    assert [span.exact for span in edits.cut(Article("Seul … tace"), [(4, 7)])] == ["…"]


def test_a_claim_cannot_have_a_source() -> None:
    sentence = refused(lambda: edits.tag(Tagging(), NEWS, CLAIM, [(0, 9)], source="kcna"))
    assert sentence == "Only an attribution has a source."


# Boundaries


def test_boundaries_move_and_fragments_are_put_in_order() -> None:
    claim = on("Pyongyang", "c-1")
    spans = [NEWS.span(29, 37), NEWS.span(0, 12)]
    moved = edits.set_spans(claim, spans).after[0]
    assert [span.exact for span in moved.spans] == [NEWS.text[0:12], NEWS.text[29:37]]


def test_a_tag_never_loses_all_its_words() -> None:
    claim = on("Pyongyang", "c-1")
    for spans in ([], [NEWS.span(5, 5)], [NEWS.span(0, 9), NEWS.span(20, 20)]):
        sentence = refused(lambda spans=spans: edits.set_spans(claim, spans))  # type: ignore[misc]
        assert sentence == "A tag needs at least one word."


def test_fragments_may_touch_but_not_overlap() -> None:
    claim = on("Pyongyang", "c-1")
    touching = [NEWS.span(0, 9), NEWS.span(9, 12)]
    assert len(edits.set_spans(claim, touching).after[0].spans) == 2
    verb = lambda: edits.set_spans(claim, [NEWS.span(0, 9), NEWS.span(8, 12)])  # noqa: E731
    assert "cannot overlap" in refused(verb)


def test_a_mention_and_a_cue_that_no_longer_lie_within_go() -> None:
    start = NEWS.text.index("Secondo RBC")
    cue, mention = NEWS.inner_span(start, start + 7), NEWS.inner_span(start + 8, start + 11)
    full = on("Secondo RBC", "a-1", mention=(mention,), cue=(cue,))
    shorter = edits.set_spans(full, [NEWS.span(start + 8, start + 11)]).after[0]
    assert (shorter.mention, shorter.cue) == ((mention,), ())
    longer = edits.set_spans(full, [NEWS.span(start, start + 14)]).after[0]
    assert (longer.mention, longer.cue) == ((mention,), (cue,))


# The rest of an annotation


def test_a_new_source_enters_the_registry_in_the_same_step() -> None:
    tass = Source(id="tass", name="TASS")
    attribution = on("Secondo RBC", "a-1")
    change = edits.set_source(attribution, tass, new=True)
    assert change.after == (replace(attribution, source="tass"),)
    assert change.sources.after == change.inverse().sources.before == (tass,)
    assert edits.set_source(attribution, tass).sources.after == ()


def test_a_note_of_blanks_is_no_note() -> None:
    claim = on("Pyongyang", "c-1", note="old")
    assert edits.set_note(claim, "  Who says so?\n").after[0].note == "Who says so?"
    assert edits.set_note(claim, " \n").after[0].note is None
    assert not edits.set_note(claim, "old ")


def test_certainty_stance_and_having_no_source_are_set_and_taken_back() -> None:
    claim, attribution = on("Pyongyang", "c-1"), on("Secondo RBC", "a-1")
    for change in (
        edits.set_certainty(claim, Certainty.UNSURE),
        edits.set_stance(attribution, Stance.DOUBTS),
        edits.set_unattributed(Tagging([claim]), claim, Unattributed.ARTICLE),
    ):
        assert change
        assert len(change.before) == len(change.after) == 1
    assert not edits.set_certainty(claim, None)
    assert not edits.set_stance(attribution, None)
    assert not edits.set_unattributed(Tagging([claim]), claim, None)


def test_what_belongs_to_the_other_kinds_is_refused_in_a_sentence() -> None:
    claim, attribution = on("Pyongyang", "c-1"), on("Secondo RBC", "a-1")
    source = Source(id="kcna", name="KCNA")
    assert "source" in refused(lambda: edits.set_source(claim, source))
    assert "stance" in refused(lambda: edits.set_stance(claim, Stance.DENIES))
    tagging = Tagging([attribution])
    verb = lambda: edits.set_unattributed(tagging, attribution, Unattributed.ARTICLE)  # noqa: E731
    assert "cannot be unattributed" in refused(verb)


def test_what_an_attribution_says_cannot_be_said_to_have_no_source() -> None:
    claim, attribution = on("Pyongyang", "c-1"), on("Secondo RBC", "a-1", content=("c-1",))
    tagging = Tagging([claim, attribution])
    verb = lambda: edits.set_unattributed(tagging, claim, Unattributed.ARTICLE)  # noqa: E731
    assert "unlink it first" in refused(verb)
    assert edits.set_unattributed(tagging, claim, None) == edits.set_unattributed(
        Tagging([claim]), claim, None
    )


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        (Status.IN_PROGRESS, Status.DONE, "Mark as done"),
        (Status.DONE, Status.IN_PROGRESS, "Reopen"),
    ],
)
def test_the_work_is_marked_as_done_and_opened_again(old: Status, new: Status, label: str) -> None:
    change = edits.set_status(old, new)
    assert (change.label, change.status, change.touched) == (label, replaced(old, new), ())
