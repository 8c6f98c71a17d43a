from __future__ import annotations

from annotator.core.model import Annotation, Kind, Stance, Unattributed
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui.review.card_contents import details, marked, marked_details

TEXT = 'Pyongyang ha parlato di "minacce occidentali" e di altro, <dice> la KCNA.\n'
ARTICLE = Article(TEXT)
REGISTRY = Registry((Source(id="kcna", name="KCNA"),))


def on(*words: str, name: str = "c-000001", kind: Kind = Kind.CLAIM) -> Annotation:
    places = [(TEXT.index(one), TEXT.index(one) + len(one)) for one in words]
    return Annotation(id=name, kind=kind, spans=tuple(ARTICLE.span(*one) for one in places))


def test_the_same_words_have_no_marks() -> None:
    version = on("minacce occidentali")
    assert marked(TEXT, version, version) == "minacce occidentali"


def test_what_only_this_version_has_is_underlined() -> None:
    shown = marked(TEXT, on('"minacce occidentali"'), on("minacce occidentali"))
    assert shown == "<b><u>&quot;</u></b>minacce occidentali<b><u>&quot;</u></b>"


def test_what_this_version_lacks_is_struck_out() -> None:
    shown = marked(TEXT, on("ha parlato"), on("Pyongyang ha parlato di"))
    assert shown == "<s>Pyongyang </s>ha parlato<s> di</s>"


def test_what_no_version_has_is_left_out() -> None:
    version = on("Pyongyang", "la KCNA")
    assert marked(TEXT, version, version) == "Pyongyang … la KCNA"


def test_a_long_stretch_in_common_is_shown_by_its_ends() -> None:
    text = "parola " * 60
    span = Article(text).span(0, 400)
    version = Annotation(id="c-1", kind=Kind.CLAIM, spans=(span,))
    shown = marked(text, version, version)
    assert len(shown) < 100
    assert shown.startswith("parola parola")
    assert " … " in shown


def test_words_are_never_taken_for_markup() -> None:
    version = on("<dice>")
    assert marked(TEXT, version, version) == "&lt;dice&gt;"


def test_what_a_version_says_is_told_and_what_differs_is_marked() -> None:
    says = Annotation(
        id="a-1",
        kind=Kind.ATTRIBUTION,
        spans=on("la KCNA").spans,
        source="kcna",
        content=("c-000001",),
        stance=Stance.DENIES,
    )
    claim = on("ha parlato")
    tagging = Tagging((says, claim))
    assert details(tagging, REGISTRY, says) == ("attribution", "KCNA", "denies", "")
    assert details(tagging, REGISTRY, claim) == ("claim", "KCNA", "", "")
    decided = Annotation(
        id="c-2", kind=Kind.CLAIM, spans=claim.spans, unattributed=Unattributed.ARTICLE
    )
    other = details(Tagging((decided,)), REGISTRY, decided)
    assert marked_details(other, details(tagging, REGISTRY, claim)) == (
        "claim · <b><u>the article itself</u></b>"
    )
    assert marked_details(("claim", ""), ("claim", "KCNA")) == "claim · <s>KCNA</s>"
