from __future__ import annotations

import pytest

from annotator.core.change import Change
from annotator.core.extent_edits import (
    add_fragment,
    move_boundary,
    remove_fragment,
    set_cue,
    set_mention,
)
from annotator.core.model import Annotation, Kind
from annotator.core.text.article import Article
from tests.core.builders import NEWS, annotation, on, refused

YONHAP = "Lo riferisce la Yonhap"
AT = NEWS.text.index(YONHAP)


def full() -> Annotation:
    """Yonhap's attribution with its mention ("la Yonhap") and its cue ("Lo riferisce")."""
    mention, cue = NEWS.inner_span(AT + 13, AT + 22), NEWS.inner_span(AT, AT + 12)
    return on(YONHAP, "a-1", mention=(mention,), cue=(cue,))


def words(change: Change) -> list[str]:
    return [span.exact for span in change.after[0].spans]


def parts(change: Change) -> tuple[list[str], list[str]]:
    after = change.after[0]
    return [span.exact for span in after.mention], [span.exact for span in after.cue]


# Boundaries


def test_an_end_moves_in_one_step_with_the_words_around_it() -> None:
    change = move_boundary(full(), NEWS, "end", AT + 22 + len(", citando la KCNA"))
    assert change.label == "Move boundary"
    assert words(change) == ["Lo riferisce la Yonhap, citando la KCNA"]
    assert change.after[0].spans[0] == NEWS.span(AT, AT + 39)
    assert parts(change) == (["la Yonhap"], ["Lo riferisce"])


def test_mention_and_cue_are_cut_off_where_they_would_stick_out() -> None:
    assert parts(move_boundary(full(), NEWS, "start", AT + 3)) == (["la Yonhap"], ["riferisce"])
    assert parts(move_boundary(full(), NEWS, "end", AT + 15)) == (["la"], ["Lo riferisce"])
    assert parts(move_boundary(full(), NEWS, "end", AT + 13)) == ([], ["Lo riferisce"])
    assert parts(move_boundary(full(), NEWS, "start", AT + 12)) == (["la Yonhap"], [])


def test_what_still_fits_is_left_as_it_stands() -> None:
    raw = on(YONHAP, "a-1", cue=(NEWS.inner_span(AT, AT + 13),))
    assert move_boundary(raw, NEWS, "end", AT + 15).after[0].cue == raw.cue


@pytest.mark.parametrize(("edge", "to"), [("start", AT + 22), ("end", AT), ("end", AT - 5)])
def test_an_edge_does_not_pass_the_other(edge: str, to: int) -> None:
    verb = lambda: move_boundary(full(), NEWS, "start" if edge == "start" else "end", to)  # noqa: E731
    assert refused(verb) == "A tag needs at least one word."


def test_blanks_alone_are_no_tag() -> None:
    text = Article("uno   due")
    tag = Annotation(id="c-1", kind=Kind.CLAIM, spans=(text.span(3, 9),))
    assert "one word" in refused(lambda: move_boundary(tag, text, "end", 5))


def test_an_edge_does_not_pass_another_part_of_the_tag() -> None:
    tag = annotation("c-1", (0, 9), (20, 30))
    assert words(move_boundary(tag, NEWS, "end", 33))[0] == "Pyongyang"
    assert refused(lambda: move_boundary(tag, NEWS, "end", 15)).startswith("There another part")
    assert refused(lambda: move_boundary(tag, NEWS, "start", 15)).startswith("There another part")


def test_beyond_the_text_it_ends_with_the_text_and_in_a_letter_after_it() -> None:
    text = Article("perche\u0301 no")
    tag = Annotation(id="c-1", kind=Kind.CLAIM, spans=(text.span(8, 10),))
    assert words(move_boundary(tag, text, "end", 99)) == ["no"]
    assert words(move_boundary(tag, text, "start", 6)) == ["e\u0301 no"]
    assert words(move_boundary(tag, text, "start", -4)) == [text.text]


# Fragments


def test_words_are_added_as_a_part_of_their_own_in_text_order() -> None:
    tag = annotation("c-1", (20, 30))
    change = add_fragment(tag, NEWS, 0, 10)
    assert change.label == "Add words"
    assert words(change) == ["Pyongyang", tag.words]


@pytest.mark.parametrize("selected", [(9, 20), (10, 20), (5, 20), (12, 20)])
def test_words_beside_the_tag_join_it(selected: tuple[int, int]) -> None:
    change = add_fragment(annotation("c-1", (0, 12)), NEWS, *selected)
    assert words(change) == ["Pyongyang ha inviato"]


def test_words_between_two_parts_join_both() -> None:
    change = add_fragment(annotation("c-1", (0, 9), (13, 20)), NEWS, 10, 12)
    assert words(change) == ["Pyongyang ha inviato"]


def test_what_belongs_to_it_already_and_blanks_are_not_added() -> None:
    tag = annotation("c-1", (0, 20))
    assert refused(lambda: add_fragment(tag, NEWS, 3, 9)) == (
        "These words are part of the tag already."
    )
    assert "no words" in refused(lambda: add_fragment(tag, NEWS, 80, 81))


def test_a_part_is_taken_away_with_the_cue_in_it() -> None:
    tag = annotation("a-1", (0, 9), (20, 30), cue=(NEWS.inner_span(20, 27),))
    change = remove_fragment(tag, NEWS, 25)
    assert (words(change), parts(change)) == (["Pyongyang"], ([], []))
    middle = annotation("a-1", (0, 9), (13, 20), (31, 37), cue=(NEWS.inner_span(13, 20),))
    assert parts(remove_fragment(middle, NEWS, 13)) == ([], [])


def test_the_last_part_is_not_taken_away() -> None:
    tag = annotation("c-1", (0, 9))
    assert refused(lambda: remove_fragment(tag, NEWS, 3)) == (
        "This is the tag's only part; Delete removes the tag."
    )
    assert refused(lambda: remove_fragment(tag, NEWS, 15)) == "No part of this tag is here."


# Mention and cue


def test_mention_and_cue_are_set_trimmed_and_without_context() -> None:
    tag = on(YONHAP, "a-1")
    change = set_mention(tag, NEWS, [(AT + 12, AT + 22)])
    assert change.after[0].mention == (NEWS.inner_span(AT + 13, AT + 22),)
    cue = set_cue(tag, NEWS, [(AT + 3, AT + 13), (AT, AT + 2)])
    assert parts(cue) == ([], ["Lo", "riferisce"])


def test_without_words_they_are_taken_back() -> None:
    assert set_mention(full(), NEWS, []).after[0].mention == ()
    assert set_cue(full(), NEWS, []).after[0].cue == ()


def test_they_lie_inside_their_attribution() -> None:
    assert refused(lambda: set_cue(full(), NEWS, [(AT - 5, AT + 12)])) == (
        "The cue lies inside its attribution; select words of it."
    )
    assert "mention" in refused(lambda: set_mention(full(), NEWS, [(0, 9)]))


def test_a_claim_has_neither() -> None:
    claim = annotation("c-1", (0, 9))
    assert refused(lambda: set_cue(claim, NEWS, [(0, 9)])) == "Only an attribution has a cue."
    sentence = refused(lambda: set_mention(claim, NEWS, [(0, 9)]))
    assert sentence == "Only an attribution has a mention."
