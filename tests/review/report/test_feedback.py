"""Anna and Boris read what Carla's review made of their tagging."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from annotator.core.model import Decision, Kind, Verdict
from annotator.core.tagging import Tagging
from annotator.review.compare.passages import StretchPart
from annotator.review.decide.decisions import accept, comment, reject
from annotator.review.report.feedback import (
    NO_ATTRIBUTION,
    Fate,
    Feedback,
    FeedbackPart,
    Told,
    feedback_on,
)
from annotator.review.report.feedback_files import as_html
from annotator.storage.shipped.resources import resource_path
from tests.review.hands import Reviewer, reviewed
from tests.review.scripted import scripted_review
from tests.review.taggings import seed_article, seed_document, seed_registry

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def carla() -> Reviewer:
    return scripted_review()


def part(carla: Reviewer, annotator: str) -> FeedbackPart:
    return feedback_on(annotator, carla.review, seed_registry(), "corea-del-nord.txt")


def told(found: FeedbackPart, words: str) -> Told:
    """What is told of the annotation with these words."""
    (one,) = (one for one in found.told if tagged(one) == words)
    return one


def tagged(one: Told) -> str:
    side = one.mine or one.agreed
    assert side
    return "".join(piece.words for piece in side.words if piece.part is not StretchPart.CONTEXT)


def alone(one: Told) -> tuple[list[str], list[str]]:
    """The words that only the annotator has, and those that only the agreed one has."""
    sides = (one.mine, one.agreed)
    found = [[p.words for p in s.words if p.part is StretchPart.ALONE] if s else [] for s in sides]
    return found[0], found[1]


def text_of(page: str) -> str:
    """What a page says, a line for each of its blocks."""
    body = re.sub(r"(?s)^.*<body>", "", page)
    cells = re.sub(r"</t[hd]>", " | ", re.sub(r"\s+", " ", body))
    lines = re.sub(r"<p\b|</(?:p|h\d|li|tr|article)>", r"\n\g<0>", cells)
    plain = unescape(re.sub(r"<[^>]*>", "", lines))
    return "".join(f"{line.strip()}\n" for line in plain.splitlines() if line.strip())


@pytest.mark.parametrize("annotator", ["anna", "boris"])
def test_the_page_says_what_it_said(carla: Reviewer, annotator: str) -> None:
    page = as_html(Feedback(annotator, (part(carla, annotator),)))
    assert text_of(page) == (GOLDEN / f"feedback-{annotator}.txt").read_text("utf-8")


def test_a_claim_that_was_too_long_is_shown_before_and_after(carla: Reviewer) -> None:
    one = told(
        part(carla, "anna"),
        "avrebbe inviato truppe in Russia per partecipare a operazioni di combattimento",
    )
    assert one.fate is Fate.CHANGED
    assert one.differences == ("boundary: 6 words",)
    assert alone(one) == ([" per partecipare a operazioni di combattimento"], [])
    assert one.reason == "A claim ends where the next fact begins."
    assert one.mine
    assert one.mine.words[0].words == "… Nord ha confermato ufficialmente per la prima volta che "


def test_another_source_and_another_chain_are_named(carla: Reviewer) -> None:
    found = part(carla, "boris")
    assert told(found, "L'intelligence sudcoreana ha riferito").differences == (
        "source: Yonhap → ROK intelligence",
    )
    confirms = "la Corea del Nord ha confermato ufficialmente per la prima volta"
    assert told(found, confirms).differences == (
        "chain: North Korea → North Korea via KCNA via Yonhap",
    )


def test_what_is_rejected_asked_or_commented_on_says_who_and_why(carla: Reviewer) -> None:
    found = part(carla, "anna")
    rejected = told(found, "La dichiarazione ha segnato una svolta")
    assert (rejected.fate, rejected.reason) == (Fate.REJECTED, "A judgement, no fact.")
    asked = told(found, '"livello di alleanza"')
    assert (asked.fate, asked.reason) == (Fate.QUESTION, "Whose words?")
    assert [(one.by, one.text) for one in asked.comments] == [
        ("boris", "The agreement's own, I think.")
    ]
    fine = told(
        found, "Pyongyang aveva precedentemente negato categoricamente tali azioni, definendo"
    )
    assert (fine.fate, fine.worth_reading) == (Fate.ACCEPTED, True)


def test_what_the_others_saw_is_named_with_who_saw_it(carla: Reviewer) -> None:
    missed = [one for one in part(carla, "boris").told if one.fate is Fate.MISSED]
    assert {tagged(one): one.others for one in missed} == {
        "La notizia è stata riportata dall'agenzia sudcoreana Yonhap": ("anna",)
    }


def test_a_tag_of_the_reviewer_alone_is_missed_by_everybody(carla: Reviewer) -> None:
    span = carla.reviewed.article.span(1387, 1424)
    own = replace(carla.agreed("anna#c-8r3tdw"), id="c-carla1", spans=(span,))
    carla.tagging = Tagging((*carla.tagging, own))
    for annotator in ("anna", "boris"):
        one = next(t for t in part(carla, annotator).told if t.start == 1387 and not t.mine)
        assert (one.fate, one.others) == (Fate.MISSED, ())


def test_a_tag_whose_relay_is_rejected_after_it_was_accepted_is_changed() -> None:
    seeds = {who: Tagging(seed_document(who).annotations) for who in ("anna", "boris")}
    carla = Reviewer(reviewed(seeds, seed_article(), "it"))
    confirms = "la Corea del Nord ha confermato ufficialmente per la prima volta"
    carla.do(accept(carla.review, carla.item("anna#a-2m7xkq"), carla.version("anna#a-2m7xkq")))
    assert told(part(carla, "anna"), confirms).fate is Fate.ACCEPTED
    carla.do(reject(carla.review, carla.item("anna#a-v5n0ke"), "Not named here."))
    one = told(part(carla, "anna"), confirms)
    assert one.fate is Fate.CHANGED
    assert "chain: North Korea via KCNA via Yonhap → North Korea" in one.differences


def test_what_is_saved_after_the_decision_is_changed_since(carla: Reviewer) -> None:
    anna = carla.reviewed.taggings["anna"]
    claim = anna.get("c-t1jz6p")
    assert claim
    later = replace(claim, spans=(carla.reviewed.article.span(531, 560),))
    rest = (one for one in anna if one.id not in (claim.id, "c-8r3tdw"))
    taggings = {**carla.reviewed.taggings, "anna": Tagging((*rest, later))}
    carla.reviewed = reviewed(taggings, carla.reviewed.article, "it")
    found = part(carla, "anna")
    since = told(found, later.words)
    assert (since.fate, since.once) == (Fate.SINCE, Verdict.REJECTED)
    assert [one.of for one in found.deleted] == ["anna#c-8r3tdw"]


def test_every_annotation_has_one_fate_and_tables_count_what_is_settled(carla: Reviewer) -> None:
    feedback = Feedback("anna", (part(carla, "anna"),))
    own = [one for one in feedback.told if one.mine]
    assert len(own) == 23
    settled = {Fate.ACCEPTED, Fate.CHANGED, Fate.REJECTED, Fate.MISSED}
    assert feedback.kinds.total == sum(feedback.counts[fate] for fate in settled)
    assert feedback.kinds.counts[(Kind.CLAIM, None)] == 1


def test_an_attribution_that_was_agreed_on_as_a_claim_is_in_both_tables(carla: Reviewer) -> None:
    kcna = carla.agreed("boris#a-7xd0kg")
    claim = replace(kcna, kind=Kind.CLAIM, source=None, mention=(), cue=(), content=(), stance=None)
    others = (one for one in carla.tagging if one.id != kcna.id)
    carla.tagging = Tagging((*others, claim))
    feedback = Feedback("boris", (part(carla, "boris"),))
    assert feedback.kinds.counts[(Kind.ATTRIBUTION, Kind.CLAIM)] == 1
    assert feedback.sources.counts[("KCNA", NO_ATTRIBUTION)] == 1


def test_no_name_and_no_words_are_taken_for_markup() -> None:
    carla = scripted_review()
    item = carla.item("anna#c-h9d2ym")
    carla.do(reject(carla.review, item, "<script>alert(1)</script>"))
    carla.do(comment(carla.review, "anna#c-h9d2ym", "<b>eve</b>", "</style><img src=x>"))
    one = replace(part(carla, "anna"), article="<i>.txt", reviewer="<u>carla")
    page = as_html(Feedback('"><script>', (one, one)))
    for raw in ("<script", "<b>eve", "<img", "<i>.txt", "<u>carla"):
        assert raw not in page


def test_the_page_needs_nothing_from_outside(carla: Reviewer) -> None:
    page = as_html(Feedback("anna", (part(carla, "anna"),)))
    assert not re.search(r"\bsrc=|\bhref=.(?!#)|url\(|@import", page)
    assert "default-src 'none'" in page


def test_a_review_of_nothing_yet_leaves_everything_open(carla: Reviewer) -> None:
    fresh = Reviewer(carla.reviewed)
    assert {one.fate for one in part(fresh, "anna").told} == {Fate.OPEN}
    item = fresh.item("anna#c-8r3tdw")
    fresh.do(accept(fresh.review, item, item.versions[0]))
    assert Feedback("anna", (part(fresh, "anna"),)).counts[Fate.ACCEPTED] == 1


def test_a_decision_by_hand_without_an_agreed_annotation_is_told(carla: Reviewer) -> None:
    decision = Decision(of="anna#c-h9d2ym", verdict=Verdict.CHANGED)
    carla.header = replace(carla.header, decisions=(*carla.header.decisions, decision))
    feedback = Feedback("anna", (part(carla, "anna"),))
    assert "Il Trattato di partenariato strategico" in as_html(feedback)


def test_words_have_the_letters_of_the_other_reports() -> None:
    families = re.compile(r"[^ ]+rem/[^ ]+ (.*[^-]serif);")
    article, feedback = (
        families.search(resource_path(f"reports/{name}.html").read_text("utf-8"))
        for name in ("article", "feedback")
    )
    assert article
    assert feedback
    assert article[1] == feedback[1]
