from __future__ import annotations

import pytest

from annotator.core.chains.chain import chain
from annotator.core.link_edits import tag_behind, toggle_link
from annotator.core.model import Unattributed
from annotator.core.tagging import Tagging
from tests.core.builders import NEWS, a_chain, annotation, do, now, on, refused

CITING = NEWS.text.index("citando la KCNA"), NEWS.text.index("citando la KCNA") + 15


@pytest.mark.parametrize(("one", "other"), [("a-yonhap", "c-1"), ("c-1", "a-yonhap")])
def test_an_attribution_and_a_claim_are_linked_and_unlinked_in_either_order(
    one: str, other: str
) -> None:
    tagging = a_chain()
    change = toggle_link(tagging, now(tagging, one), now(tagging, other))
    assert change.label == "Link"
    assert do(tagging, change).content == ("c-1",)
    change = toggle_link(tagging, now(tagging, one), now(tagging, other))
    assert change.label == "Unlink"
    assert do(tagging, change).content == ()


def test_what_is_said_by_somebody_after_all_is_no_longer_without_source() -> None:
    tagging = Tagging(
        [on("Secondo RBC", "a-1"), on("Kim", "c-1", unattributed=Unattributed.UNKNOWN)]
    )
    tagging.apply(toggle_link(tagging, now(tagging, "c-1"), now(tagging, "a-1")))
    assert now(tagging, "c-1").unattributed is None
    assert now(tagging, "a-1").content == ("c-1",)


def test_two_attributions_make_a_chain_the_first_via_the_second() -> None:
    tagging = a_chain()
    change = toggle_link(tagging, now(tagging, "a-rbc"), now(tagging, "a-yonhap"))
    assert do(tagging, change).via == "a-yonhap"
    change = toggle_link(tagging, now(tagging, "a-rbc"), now(tagging, "a-yonhap"))
    assert do(tagging, change).via is None


def test_a_circle_is_refused() -> None:
    tagging = a_chain()
    far, near = now(tagging, "a-rbc"), now(tagging, "a-yonhap")
    assert refused(lambda: toggle_link(tagging, near, far)).startswith("That would be a circle")
    kcna = now(tagging, "a-kcna")
    assert refused(lambda: toggle_link(tagging, near, kcna)) == (
        "The other one comes via this one; to unlink them, begin with the other one."
    )


def test_claims_and_quotes_are_linked_by_attributions_only() -> None:
    tagging = a_chain()
    for one, other in (("c-1", "q-1"), ("q-1", "c-1")):
        sentence = refused(lambda: toggle_link(tagging, now(tagging, one), now(tagging, other)))  # noqa: B023
        assert sentence == "Claims and quotes have no link of their own; an attribution links them."


def test_nothing_is_linked_with_itself() -> None:
    tagging = a_chain()
    rbc = now(tagging, "a-rbc")
    assert "itself" in refused(lambda: toggle_link(tagging, rbc, rbc))


# Behind


def test_kcna_cited_by_the_selected_yonhap_is_kcna_via_yonhap() -> None:
    yonhap = on("Lo riferisce la Yonhap", "a-yonhap", source="yonhap", content=("c-1",))
    tagging = Tagging([yonhap, annotation("c-1", (0, 9))])
    change = tag_behind(tagging, NEWS, [CITING], "kcna", yonhap)
    new = do(tagging, change)
    assert (new.words, new.source, new.via, new.content) == (
        "citando la KCNA",
        "kcna",
        "a-yonhap",
        (),
    )
    assert [one.source for one in chain(tagging, new)] == ["kcna", "yonhap"]
    assert now(tagging, "a-yonhap") == yonhap
    tagging.apply(change.inverse())
    assert new.id not in tagging


@pytest.mark.parametrize(("selected", "now_selected"), [("", "nothing is"), ("q-1", "a quote is")])
def test_behind_anything_else_nothing_is_tagged(selected: str, now_selected: str) -> None:
    tagging = a_chain()
    sentence = refused(lambda: tag_behind(tagging, NEWS, [CITING], "kcna", tagging.get(selected)))
    assert sentence == (
        f"Select the attribution behind which this one stands first; now {now_selected} selected."
    )
