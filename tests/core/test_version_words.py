from __future__ import annotations

from dataclasses import replace

from annotator.core.model import Annotation, Certainty, Kind, Stance
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.core.version_words import tell_apart

ARTICLE = Article("La KCNA dice che piove, scrive Yonhap.")
REGISTRY = Registry((Source(id="kcna", name="Korean Central News Agency", short="KCNA"),))


def on(words: str, name: str, kind: Kind) -> Annotation:
    start = ARTICLE.text.index(words)
    return Annotation(id=name, kind=kind, spans=(ARTICLE.span(start, start + len(words)),))


RAIN = on("piove", "c-000000", Kind.CLAIM)
RELAY = replace(on("scrive Yonhap", "a-111111", Kind.ATTRIBUTION), source="yonhap")
SAYS = replace(on("La KCNA dice", "a-000000", Kind.ATTRIBUTION), source="kcna", note="the same")
TAGGING = Tagging((RAIN, RELAY, SAYS))


def test_a_version_is_told_by_its_words_and_what_the_other_one_has_not() -> None:
    ours = replace(SAYS, certainty=Certainty.UNSURE)
    theirs = replace(SAYS, stance=Stance.DENIES)
    assert tell_apart(ours, theirs, TAGGING, REGISTRY) == (
        "attribution, KCNA: “La KCNA dice”\ncertainty: unsure",
        "attribution, KCNA: “La KCNA dice”\nstance: denies",
    )


def test_links_are_told_by_source_and_words() -> None:
    linked = replace(SAYS, via=RELAY.id, content=(RAIN.id, "c-gone00"))
    assert tell_apart(linked, SAYS, TAGGING, REGISTRY) == (
        "attribution, KCNA: “La KCNA dice”\nvia: yonhap\ncontent: “piove”\ncontent: c-gone00",
        "attribution, KCNA: “La KCNA dice”",
    )


def test_mention_and_cue_are_told_by_their_words() -> None:
    ours = replace(SAYS, mention=(ARTICLE.span(3, 7),), cue=(ARTICLE.span(8, 12),))
    first, second = tell_apart(ours, SAYS, TAGGING, REGISTRY)
    assert first.splitlines()[1:] == ["mention: KCNA", "cue: dice"]
    assert second.splitlines()[1:] == []


def test_a_deleted_one_is_told_so() -> None:
    noted = replace(RAIN, note="a note")
    assert tell_apart(None, noted, TAGGING, REGISTRY) == (
        "deleted",
        "claim: “piove”\nnote: a note",
    )
