"""A reviewer decides on what anna and boris tagged in the seed article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core import edits
from annotator.core.change import Change, added
from annotator.core.errors import EditRefused
from annotator.core.model import Decision, Kind, Stance, Unattributed, Verdict
from annotator.core.tagging import Tagging
from annotator.review.compare.matching import Item
from annotator.review.decide.decisions import (
    ItemState,
    Which,
    accept,
    accept_all,
    comment,
    explain,
    follow,
    forget,
    keep,
    question,
    reject,
    reopen,
    state_of,
)
from annotator.review.decide.review import Reviewed
from annotator.review.decide.state import changed_versions, gone, progress
from annotator.review.decide.versions import version_of
from tests.core.builders import refused
from tests.review.hands import Reviewer, reviewed
from tests.review.taggings import seed_article, seed_document

ARTICLE = seed_article()
SEEDS = {who: seed_document(who).annotations for who in ("anna", "boris")}

CONFIRMS, CLAIMED = "anna#a-2m7xkq", "anna#c-8r3tdw"
YONHAP, KCNA = "anna#a-9hc4yb", "anna#a-v5n0ke"
DENIES, FALSI, VOCI = "anna#a-kq83fm", "anna#q-0ay5hs", "anna#q-w6b2nd"


def seeds(**instead: Tagging) -> Reviewed:
    """The seed article as anna and boris tagged it, or as somebody did later."""
    taggings = {who: Tagging(tagged) for who, tagged in SEEDS.items()}
    return reviewed(taggings | instead, ARTICLE, "it")


@pytest.fixture
def carla() -> Reviewer:
    return Reviewer(seeds())


def take(carla: Reviewer, of: str, reason: str | None = None) -> None:
    carla.do(accept(carla.review, carla.item(of), carla.version(of), reason))


def test_what_both_have_alike_is_accepted_for_both(carla: Reviewer) -> None:
    take(carla, VOCI)
    agreed = carla.agreed(VOCI)
    assert agreed.id not in ("q-w6b2nd", "q-9sb3ma")
    assert replace(agreed, id="q-w6b2nd") == carla.version(VOCI).annotation
    assert carla.header.decisions == (
        Decision(
            of=VOCI,
            verdict=Verdict.ACCEPTED,
            as_id=agreed.id,
            version=version_of(carla.version(VOCI).annotation),
        ),
        Decision(
            of="boris#q-9sb3ma",
            verdict=Verdict.ACCEPTED,
            as_id=agreed.id,
            version=version_of(carla.version("boris#q-9sb3ma").annotation),
        ),
    )


def test_of_two_boundaries_one_is_taken_and_the_other_changed_with_the_reason(
    carla: Reviewer,
) -> None:
    take(carla, FALSI, " with its quotation marks ")
    assert carla.agreed(FALSI).words == '"falsi statunitensi"'
    assert carla.verdicts() == {FALSI: "accepted", "boris#q-4pt7he": "changed"}
    assert [one.reason for one in carla.header.decisions] == [None, "with its quotation marks"]
    assert len({one.as_id for one in carla.header.decisions}) == 1


def test_links_come_with_whatever_is_accepted_later(carla: Reviewer) -> None:
    take(carla, DENIES)
    assert carla.agreed(DENIES).content == ()
    take(carla, VOCI)
    take(carla, "boris#q-4pt7he")
    falsi, voci = carla.agreed(FALSI), carla.agreed(VOCI)
    assert falsi.words == "falsi statunitensi"
    assert set(carla.agreed(DENIES).content) == {falsi.id, voci.id}
    assert carla.verdicts()[DENIES] == "accepted"
    assert carla.done[-1].after[-1] == falsi
    assert carla.problems() == []


def test_links_come_with_whatever_was_accepted_before(carla: Reviewer) -> None:
    take(carla, CLAIMED)
    take(carla, YONHAP)
    take(carla, KCNA)
    take(carla, CONFIRMS)
    agreed = carla.agreed(CONFIRMS)
    assert agreed.content == (carla.agreed(CLAIMED).id,)
    assert agreed.via == carla.agreed(KCNA).id
    assert carla.agreed(KCNA).via == carla.agreed(YONHAP).id
    assert carla.problems() == []


def test_one_link_more_makes_an_attribution_another_one(carla: Reviewer) -> None:
    take(carla, DENIES)
    assert carla.verdicts() == {DENIES: "accepted", "boris#a-r2c8vj": "changed"}


def test_a_link_to_what_the_other_one_has_not_tagged_is_no_difference(carla: Reviewer) -> None:
    kim, boris = "anna#a-x4e9rt", "boris#a-7xd0kg"
    take(carla, kim)
    assert carla.verdicts() == {kim: "accepted", boris: "accepted"}


def test_another_version_may_be_taken_later_and_the_agreed_id_stays(carla: Reviewer) -> None:
    take(carla, DENIES)
    take(carla, FALSI)
    first = carla.agreed(FALSI)
    take(carla, "boris#q-4pt7he")
    second = carla.agreed(FALSI)
    assert (first.id, second.words) == (second.id, "falsi statunitensi")
    assert carla.agreed(DENIES).content == (second.id,)
    assert carla.verdicts()[FALSI] == "changed"


def test_a_quote_against_a_claim_is_one_item_and_either_may_be_taken(carla: Reviewer) -> None:
    quote, claim = "anna#q-y5r8ja", "boris#c-0vg3te"
    take(carla, quote)
    take(carla, claim)
    assert carla.agreed(quote).kind is Kind.CLAIM
    assert carla.verdicts() == {quote: "changed", claim: "accepted"}


def test_a_reject_deletes_what_was_agreed_on_and_its_links(carla: Reviewer) -> None:
    take(carla, DENIES)
    take(carla, VOCI)
    carla.do(reject(carla.review, carla.item(VOCI), "not a quote"))
    assert [one.id for one in carla.tagging] == [carla.agreed(DENIES).id]
    assert carla.agreed(DENIES).content == ()
    assert carla.verdicts()[VOCI] == carla.verdicts()["boris#q-9sb3ma"] == "rejected"
    assert carla.verdicts()[DENIES] == "accepted"
    assert state_of(carla.review, carla.item(VOCI)) is ItemState.DECIDED


def test_a_question_puts_an_item_back_until_it_is_reopened(carla: Reviewer) -> None:
    carla.do(question(carla.review, carla.item(VOCI), "Whose words are these?"))
    assert state_of(carla.review, carla.item(VOCI)) is ItemState.QUESTION
    carla.do(reopen(carla.review, carla.item(VOCI)))
    assert state_of(carla.review, carla.item(VOCI)) is ItemState.OPEN
    assert carla.header.decisions == ()


def test_all_that_agree_are_accepted_in_one_step(carla: Reviewer) -> None:
    agreed = [one.item for one in carla.reviewed.compared() if one.agreed]
    carla.do(accept_all(carla.review, carla.reviewed.compared(), Which.AGREED))
    assert len(carla.tagging) == len(agreed) > 3
    assert set(carla.verdicts().values()) == {"accepted"}
    assert progress(carla.review)[ItemState.DECIDED] == len(agreed)
    assert carla.problems() == []
    again = accept_all, carla.review, carla.reviewed.compared(), Which.AGREED
    assert refused(lambda: again[0](*again[1:])) == "Nothing of the sort is left to be decided."
    carla.undo()
    assert len(carla.tagging) == 0


def test_all_trivial_boundaries_are_accepted_longer_or_shorter(carla: Reviewer) -> None:
    for which, words in [
        (Which.LONGER, '"falsi statunitensi"'),
        (Which.SHORTER, "falsi statunitensi"),
    ]:
        carla.do(accept_all(carla.review, carla.reviewed.compared(), which))
        assert [one.words for one in carla.tagging] == [words]
        carla.undo()


# --- what colleagues do meanwhile


def later(carla: Reviewer, who: str, change: Change) -> None:
    """A colleague saves another version of their tagging."""
    tagging = Tagging(SEEDS[who])
    tagging.apply(change)
    carla.reviewed = seeds(**{who: tagging})


def test_what_a_colleague_changed_since_is_shown_and_the_rest_stays_decided(
    carla: Reviewer,
) -> None:
    for of in (DENIES, VOCI, CONFIRMS):
        take(carla, of)
    stance = edits.set_stance(carla.version(DENIES).annotation, Stance.DOUBTS)
    later(carla, "anna", stance)
    assert state_of(carla.review, carla.item(DENIES)) is ItemState.CHANGED
    assert [one.address for one in changed_versions(carla.review, carla.item(DENIES))] == [DENIES]
    assert state_of(carla.review, carla.item(VOCI)) is ItemState.DECIDED
    carla.do(keep(carla.review, carla.item(DENIES)))
    assert state_of(carla.review, carla.item(DENIES)) is ItemState.DECIDED
    assert carla.agreed(DENIES).stance is Stance.DENIES
    assert carla.verdicts()[DENIES] == "changed"


def test_a_note_is_no_change_since(carla: Reviewer) -> None:
    take(carla, VOCI)
    later(carla, "anna", edits.set_note(carla.version(VOCI).annotation, "really?"))
    assert state_of(carla.review, carla.item(VOCI)) is ItemState.DECIDED


def test_a_source_that_gets_another_id_everywhere_is_no_change_since(carla: Reviewer) -> None:
    take(carla, "anna#a-x4e9rt")

    def renamed(tagging: Tagging) -> Tagging:
        ids = {"kcna": "korean-central-news-agency"}
        return Tagging(
            replace(one, source=ids.get(one.source or "", one.source)) for one in tagging
        )

    carla.tagging = renamed(carla.tagging)
    taggings = {who: renamed(Tagging(tagged)) for who, tagged in SEEDS.items()}
    carla.reviewed = reviewed(taggings, ARTICLE, "it")
    assert state_of(carla.review, carla.item("anna#a-x4e9rt")) is ItemState.DECIDED


def test_what_was_rejected_stays_so_when_it_is_kept(carla: Reviewer) -> None:
    carla.do(reject(carla.review, carla.item(DENIES), "no"))
    later(carla, "anna", edits.set_stance(carla.version(DENIES).annotation, None))
    carla.do(keep(carla.review, carla.item(DENIES)))
    assert [one.reason for one in carla.header.decisions] == ["no", "no"]
    assert state_of(carla.review, carla.item(DENIES)) is ItemState.DECIDED


def test_what_a_colleague_tagged_since_makes_an_item_one_to_look_at_again(carla: Reviewer) -> None:
    alone = "anna#c-t1jz6p"
    take(carla, alone)
    new = replace(carla.version(alone).annotation, id="c-000001")
    later(carla, "boris", Change("x", added(new)))
    assert state_of(carla.review, carla.item(alone)) is ItemState.CHANGED
    carla.do(keep(carla.review, carla.item(alone)))
    assert carla.verdicts()["boris#c-000001"] == "accepted"


def test_what_a_colleague_deleted_since_is_told_and_may_be_forgotten(carla: Reviewer) -> None:
    take(carla, VOCI)
    later(carla, "anna", edits.delete(Tagging(SEEDS["anna"]), [carla.version(VOCI).annotation]))
    assert [one.of for one in gone(carla.review)] == [VOCI]
    assert state_of(carla.review, carla.item("boris#q-9sb3ma")) is ItemState.DECIDED
    carla.do(forget(carla.review, gone(carla.review)))
    assert list(carla.verdicts()) == ["boris#q-9sb3ma"]
    assert len(carla.tagging) == 1


def test_a_colleague_whose_file_is_not_there_has_deleted_nothing(carla: Reviewer) -> None:
    take(carla, VOCI)
    carla.reviewed = reviewed({"boris": Tagging(SEEDS["boris"])}, ARTICLE)
    assert gone(carla.review) == []


# --- by hand


def test_decisions_follow_what_is_edited_by_hand_and_back(carla: Reviewer) -> None:
    for of in (DENIES, FALSI, VOCI):
        take(carla, of)
    agreed = carla.agreed(DENIES)
    edited = carla.do(follow(edits.set_stance(agreed, Stance.DOUBTS), carla.review))
    assert edited.label == "Change stance"
    assert carla.verdicts()[DENIES] == "changed"
    carla.do(follow(edits.set_stance(carla.agreed(DENIES), Stance.DENIES), carla.review))
    assert carla.verdicts()[DENIES] == "accepted"
    carla.undo()
    assert carla.verdicts()[DENIES] == "changed"


def test_editing_the_agreed_one_into_what_boris_had_accepts_his(carla: Reviewer) -> None:
    take(carla, FALSI)
    spans = carla.version("boris#q-4pt7he").annotation.spans
    carla.do(follow(edits.set_spans(carla.agreed(FALSI), spans), carla.review))
    assert carla.verdicts() == {FALSI: "changed", "boris#q-4pt7he": "accepted"}


def test_deleting_an_agreed_annotation_rejects_it(carla: Reviewer) -> None:
    take(carla, DENIES)
    take(carla, VOCI)
    carla.do(follow(edits.delete(carla.tagging, [carla.agreed(VOCI)]), carla.review))
    assert carla.verdicts()[VOCI] == "rejected"
    assert carla.verdicts()[DENIES] == "accepted"
    assert carla.problems() == []


def test_what_was_edited_by_hand_still_gets_its_links(carla: Reviewer) -> None:
    take(carla, CONFIRMS)
    carla.do(follow(edits.set_stance(carla.agreed(CONFIRMS), None), carla.review))
    assert set(carla.verdicts().values()) == {"changed"}
    take(carla, CLAIMED)
    assert carla.agreed(CONFIRMS).content == (carla.agreed(CLAIMED).id,)


def test_a_note_on_an_agreed_annotation_decides_nothing(carla: Reviewer) -> None:
    take(carla, VOCI)
    change = edits.set_note(carla.agreed(VOCI), "well")
    assert follow(change, carla.review) == change


def test_what_nobody_tagged_is_tagged_as_ever(carla: Reviewer) -> None:
    change = edits.tag(carla.tagging, ARTICLE, Kind.CLAIM, [(0, 20)])
    assert follow(change, carla.review) == change


def test_who_decides_that_there_is_no_source_links_none(carla: Reviewer) -> None:
    claim = carla.version("boris#c-q8m1zk").annotation
    free = Tagging([replace(claim, unattributed=Unattributed.ARTICLE)])
    carla.reviewed = seeds(boris=free)
    take(carla, CONFIRMS)
    take(carla, CLAIMED)
    take(carla, "boris#c-q8m1zk")
    assert carla.agreed(CONFIRMS).content == ()
    assert carla.problems() == []


# --- words


def test_a_reason_may_be_given_afterwards(carla: Reviewer) -> None:
    take(carla, FALSI)
    carla.do(explain(carla.review, carla.item(FALSI), "marks belong to it"))
    assert [one.reason for one in carla.header.decisions] == [None, "marks belong to it"]
    carla.do(explain(carla.review, carla.item(FALSI), "  "))
    assert [one.reason for one in carla.header.decisions] == [None, None]


def test_comments_stand_in_the_order_in_which_they_were_written(carla: Reviewer) -> None:
    carla.do(comment(carla.review, VOCI, "carla", " Whose words? "))
    carla.do(comment(carla.review, VOCI, "anna", "Pyongyang's"))
    carla.do(comment(carla.review, VOCI, "carla", "I see"))
    words = [(one.by, one.text) for one in carla.header.comments]
    assert words == [("carla", "Whose words?"), ("anna", "Pyongyang's"), ("carla", "I see")]
    again = refused(lambda: comment(carla.review, VOCI, "anna", "Pyongyang's"))
    assert again == "You have written just that here already."
    assert refused(lambda: comment(carla.review, VOCI, "anna", " ")) == "Write a few words first."


def test_nothing_decided_is_nothing_to_keep(carla: Reviewer) -> None:
    with pytest.raises(EditRefused, match="Nothing is decided here yet"):
        keep(carla.review, carla.item(VOCI))


def test_items_are_found_by_address(carla: Reviewer) -> None:
    assert isinstance(carla.reviewed.item(VOCI), Item)
    assert carla.reviewed.item("anna#q-000000") is None
    assert carla.reviewed.version("dora#q-w6b2nd") is None
