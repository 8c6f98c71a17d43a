from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core import edits
from annotator.core.chains.chain import MOST_LINKS
from annotator.core.change import Change
from annotator.core.errors import EditRefused, StaleChange
from annotator.core.model import Annotation, Certainty, Kind, Stance, Unattributed
from annotator.core.tagging import Tagging
from tests.core.builders import NEWS, a_chain, annotation, do, now, on, refused, tag

CLAIM, QUOTE, ATTRIBUTION = Kind.CLAIM, Kind.QUOTE, Kind.ATTRIBUTION


def undone(tagging: Tagging, change: Change) -> Tagging:
    tagging.apply(change)
    tagging.apply(change.inverse())
    return tagging


# Linking by selection


def test_while_an_attribution_is_selected_a_new_claim_becomes_its_content() -> None:
    tagging = a_chain()
    before = tagging.annotations()
    change = edits.tag(tagging, NEWS, CLAIM, [(0, 9)], selected=now(tagging, "a-rbc"))
    claim = do(tagging, change)
    assert now(tagging, "a-rbc").content == ("c-1", "q-1", claim.id)
    tagging.apply(change.inverse())
    assert tagging.annotations() == before


def test_while_a_claim_is_selected_a_new_attribution_takes_it_as_content() -> None:
    tagging = a_chain()
    claim = now(tagging, "c-1")
    new = tag(tagging, ATTRIBUTION, "ha detto il ministro Kim", selected=claim, source="kcna")
    assert (new.content, new.source) == (("c-1",), "kcna")
    assert now(tagging, "c-1") == claim


@pytest.mark.parametrize(("kind", "selected"), [(CLAIM, "q-1"), (ATTRIBUTION, "a-rbc")])
def test_what_cannot_be_linked_is_tagged_on_its_own(kind: Kind, selected: str) -> None:
    tagging = a_chain()
    new = tag(tagging, kind, "Kim", selected=now(tagging, selected))
    assert tagging.linked(new.id) == []


def test_who_says_it_after_all_takes_back_that_it_has_no_source() -> None:
    decided = on("Pyongyang", "c-1", unattributed=Unattributed.UNKNOWN)
    tagging = Tagging([decided])
    change = edits.tag(tagging, NEWS, ATTRIBUTION, [(39, 61)], selected=decided)
    assert do(tagging, change).content == ("c-1",)
    assert now(tagging, "c-1").unattributed is None
    tagging.apply(change.inverse())
    assert tagging.annotations() == (decided,)


def test_linking_takes_back_that_it_has_no_source() -> None:
    decided = on("Pyongyang", "c-1", unattributed=Unattributed.ARTICLE)
    tagging = Tagging([decided, on("Secondo RBC", "a-1")])
    linked = do(tagging, edits.set_content(tagging, now(tagging, "a-1"), ["c-1"]))
    assert linked.content == ("c-1",)
    assert now(tagging, "c-1").unattributed is None


def test_content_is_claims_and_quotes_each_once() -> None:
    tagging = a_chain()
    change = edits.set_content(tagging, now(tagging, "a-kcna"), ["q-1", "c-1", "q-1"])
    assert change.label == "Link"
    assert do(tagging, change).content == ("q-1", "c-1")


def test_content_can_be_unlinked() -> None:
    tagging = a_chain()
    change = edits.set_content(tagging, now(tagging, "a-rbc"), ["q-1"])
    assert change.label == "Unlink"
    assert do(tagging, change).content == ("q-1",)


@pytest.mark.parametrize("content", [["a-kcna"], ["c-gone"], ["c-1", "a-rbc"]])
def test_other_things_are_no_content(content: list[str]) -> None:
    tagging = a_chain()
    sentence = refused(lambda: edits.set_content(tagging, now(tagging, "a-rbc"), content))
    assert sentence == "The content of an attribution is made of claims and quotes."


def test_a_claim_covers_nothing_and_comes_via_nobody() -> None:
    tagging = a_chain()
    claim = now(tagging, "c-1")
    assert "Only an attribution" in refused(lambda: edits.set_content(tagging, claim, ["q-1"]))
    assert "Only an attribution" in refused(lambda: edits.set_via(tagging, claim, "a-rbc"))


def test_an_attribution_reaches_the_article_via_another_or_directly() -> None:
    tagging = a_chain()
    direct = do(tagging, edits.set_via(tagging, now(tagging, "a-kcna"), None))
    assert direct.via is None
    assert do(tagging, edits.set_via(tagging, now(tagging, "a-yonhap"), "a-kcna")).via == "a-kcna"


@pytest.mark.parametrize("behind", ["c-1", "a-gone"])
def test_only_an_attribution_stands_behind_another(behind: str) -> None:
    tagging = a_chain()
    sentence = refused(lambda: edits.set_via(tagging, now(tagging, "a-rbc"), behind))
    assert sentence == "Only an attribution can stand behind another one."


@pytest.mark.parametrize("behind", ["a-yonhap", "a-kcna", "a-rbc"])
def test_a_circle_is_refused(behind: str) -> None:
    tagging = a_chain()
    sentence = refused(lambda: edits.set_via(tagging, now(tagging, "a-yonhap"), behind))
    assert sentence.startswith("That would be a circle")


# Retagging


def test_a_claim_made_a_quote_keeps_everything_else() -> None:
    claim = on("Pyongyang", "c-1", unattributed=Unattributed.ARTICLE, note="?", extra=(("x-a", 1),))
    tagging = Tagging([claim])
    change = edits.retag(tagging, claim, QUOTE)
    assert change.label == "Change to quote"
    assert do(tagging, change) == replace(claim, kind=QUOTE)


def test_an_attribution_made_a_claim_lets_go_of_its_links_and_its_chain_closes_up() -> None:
    tagging = a_chain()
    kcna = now(tagging, "a-kcna")
    claim = do(tagging, edits.retag(tagging, kcna, CLAIM))
    assert claim == Annotation(id="a-kcna", kind=CLAIM, spans=kcna.spans)
    assert now(tagging, "a-rbc").via == "a-yonhap"
    assert tagging.linked("a-kcna") == []


def test_an_attribution_made_a_claim_keeps_what_a_claim_can_have() -> None:
    full = on(
        "Secondo RBC",
        "a-1",
        source="rbc",
        mention=(NEWS.inner_span(158, 161),),
        cue=(NEWS.inner_span(150, 157),),
        stance=Stance.DENIES,
        certainty=Certainty.UNSURE,
        note="Who?",
        extra=(("x-team", "Seul"),),
    )
    claim = do(Tagging([full]), edits.retag(Tagging([full]), full, CLAIM))
    kept = (claim.certainty, claim.note, claim.extra)
    assert kept == (Certainty.UNSURE, "Who?", (("x-team", "Seul"),))
    lost = (claim.source, claim.mention, claim.cue, claim.stance)
    assert lost == (None, (), (), None)


def test_a_claim_made_an_attribution_is_nobodys_content_and_no_longer_without_source() -> None:
    tagging = a_chain()
    claim = now(tagging, "c-1")
    new = do(tagging, edits.retag(tagging, claim, ATTRIBUTION, "kcna"))
    assert (new.id, new.source, new.unattributed) == ("c-1", "kcna", None)
    assert now(tagging, "a-rbc").content == ("q-1",)
    decided = on("Pyongyang", "c-2", unattributed=Unattributed.ARTICLE)
    assert edits.retag(Tagging([decided]), decided, ATTRIBUTION).after[0].unattributed is None


def test_retagging_is_undone_with_all_its_links() -> None:
    for name, kind in (("a-kcna", QUOTE), ("a-rbc", CLAIM), ("q-1", ATTRIBUTION)):
        tagging = a_chain()
        change = edits.retag(tagging, now(tagging, name), kind)
        assert undone(tagging, change).annotations() == a_chain().annotations()


def test_an_attribution_retagged_with_a_source_only_changes_that() -> None:
    tagging = a_chain()
    rbc = now(tagging, "a-rbc")
    change = edits.retag(tagging, rbc, ATTRIBUTION, "kcna")
    assert change.label == "Change source"
    assert do(tagging, change) == replace(rbc, source="kcna")


def test_retagging_as_what_it_is_changes_nothing() -> None:
    tagging = a_chain()
    assert not edits.retag(tagging, now(tagging, "c-1"), CLAIM)
    assert not edits.retag(tagging, now(tagging, "a-rbc"), ATTRIBUTION)


def test_nothing_retagged_as_a_claim_has_a_source() -> None:
    tagging = a_chain()
    verb = lambda: edits.retag(tagging, now(tagging, "a-rbc"), CLAIM, "kcna")  # noqa: E731
    assert refused(verb) == "Only an attribution has a source."


# Deleting


def test_a_deleted_claim_leaves_the_content_of_its_attribution() -> None:
    tagging = a_chain()
    change = edits.delete(tagging, [now(tagging, "c-1")])
    assert change.label == "Delete claim"
    tagging.apply(change)
    assert "c-1" not in tagging
    assert now(tagging, "a-rbc").content == ("q-1",)


def test_when_the_middle_of_a_chain_is_deleted_its_ends_join() -> None:
    tagging = a_chain()
    tagging.apply(edits.delete(tagging, [now(tagging, "a-kcna")]))
    assert now(tagging, "a-rbc").via == "a-yonhap"


def test_when_the_end_of_a_chain_is_deleted_the_rest_comes_directly() -> None:
    tagging = a_chain()
    tagging.apply(edits.delete(tagging, [now(tagging, "a-kcna"), now(tagging, "a-yonhap")]))
    assert now(tagging, "a-rbc").via is None


def test_a_circle_from_a_file_edited_by_hand_can_be_deleted() -> None:
    circle = [annotation(f"a-{n}", (n, 9), via=f"a-{(n + 1) % 3}") for n in range(3)]
    tagging = Tagging(circle)
    tagging.apply(edits.delete(tagging, [circle[1]]))
    assert (now(tagging, "a-0").via, now(tagging, "a-2").via) == ("a-2", "a-0")
    tagging.apply(edits.delete(tagging, [now(tagging, "a-2")]))
    assert now(tagging, "a-0").via is None


def test_a_chain_does_not_grow_beyond_what_it_may_have() -> None:
    vias = [None, *(f"a-{n}" for n in range(MOST_LINKS))]
    chained = [annotation(f"a-{n}", (n, 9000), via=vias[n]) for n in range(MOST_LINKS)]
    tagging = Tagging([*chained, annotation("a-new", (9000, 9001))])
    with pytest.raises(EditRefused, match="at most 100 attributions"):
        edits.set_via(tagging, now(tagging, "a-new"), chained[-1].id)
    with pytest.raises(EditRefused, match="at most 100 attributions"):
        edits.set_via(tagging, chained[0], "a-new")
    tagging.apply(edits.set_via(tagging, now(tagging, "a-new"), chained[-2].id))
    assert now(tagging, "a-new").via == chained[-2].id


def test_many_are_deleted_in_one_step_and_come_back_in_one() -> None:
    tagging = a_chain()
    everything = tagging.annotations()
    change = edits.delete(tagging, everything)
    assert change.label == "Delete 5 tags"
    tagging.apply(change)
    assert len(tagging) == 0
    tagging.apply(change.inverse())
    assert tagging.annotations() == everything


def test_what_was_changed_meanwhile_is_not_deleted() -> None:
    tagging = a_chain()
    change = edits.delete(tagging, [now(tagging, "c-1")])
    tagging.apply(edits.set_note(now(tagging, "c-1"), "wait"))
    with pytest.raises(StaleChange):
        tagging.apply(change)
    assert now(tagging, "c-1").note == "wait"
