"""A review of the seed article in which everything happens that a report can tell of."""

from __future__ import annotations

from annotator.core.tagging import Tagging
from annotator.review.decide.decisions import Which, accept, accept_all, comment, question, reject
from tests.review.hands import Reviewer, reviewed
from tests.review.taggings import seed_article, seed_document, seed_registry


def scripted_review() -> Reviewer:
    """Carla accepts, changes, rejects, asks and comments; RBC and what it says stay open."""
    seeds = {who: Tagging(seed_document(who).annotations) for who in ("anna", "boris")}
    carla = Reviewer(reviewed(seeds, seed_article(), "it"))
    compared = carla.reviewed.compared(seed_registry())
    agreed = [one for one in compared if one.item.start < 1500]
    carla.do(accept_all(carla.review, agreed, Which.AGREED))
    carla.do(accept_all(carla.review, compared, Which.LONGER))
    for of, why in (
        ("anna#a-2m7xkq", None),
        ("boris#c-q8m1zk", "A claim ends where the next fact begins."),
        ("anna#a-v5n0ke", "Two links of one chain: KCNA, then Yonhap."),
        ("anna#a-9hc4yb", None),
        ("anna#a-kq83fm", None),
        ("anna#a-d8s1zc", None),
        ("boris#c-0vg3te", None),
        ("anna#a-p4b9wn", "Yonhap is not named here."),
    ):
        carla.do(accept(carla.review, carla.item(of), carla.version(of), why))
    carla.do(reject(carla.review, carla.item("anna#c-t1jz6p"), "A judgement, no fact."))
    carla.do(question(carla.review, carla.item("anna#q-z6m0fv"), "Whose words?"))
    carla.do(comment(carla.review, "anna#q-z6m0fv", "boris", "The agreement's own, I think."))
    carla.do(comment(carla.review, "anna#a-kq83fm", "carla", "Well seen."))
    return carla
