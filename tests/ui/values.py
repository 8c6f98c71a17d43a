"""A small article with its tagging, and the sources it names."""

from __future__ import annotations

from annotator.core.model import Annotation, Kind, Span, Unattributed
from annotator.core.sources import Registry, Source, SourceType
from annotator.core.tagging import Tagging

TEXT = (
    "Yonhap, citando la Korean Central News Agency, scrive che le truppe sono partite "
    "e che le accuse sono “voci infondate”. È una svolta."
)

KCNA = Source(
    id="kcna",
    name="Korean Central News Agency",
    short="KCNA",
    key="k",
    type=SourceType.STATE_MEDIA,
    country="KP",
    aliases=("agenzia centrale", "조선중앙통신"),
)
YONHAP = Source(
    id="yonhap",
    name="Yonhap News Agency",
    short="Yonhap",
    key="y",
    type=SourceType.NEWS_AGENCY,
    country="KR",
)
RUSSIA_TODAY = Source(id="russia-today", name="Russia Today", type=SourceType.BROADCASTER)
RUSSIA = Source(id="russia", name="Russia", type=SourceType.GOVERNMENT, country="RU")
REGISTRY = Registry((KCNA, YONHAP, RUSSIA_TODAY, RUSSIA))


def span(words: str) -> Span:
    """The span of these words in the article."""
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


SAYS_YONHAP = Annotation(
    id="a-yonhap", kind=Kind.ATTRIBUTION, source="yonhap", spans=(span("Yonhap"),)
)
SAYS_KCNA = Annotation(
    id="a-kcna0",
    kind=Kind.ATTRIBUTION,
    source="kcna",
    spans=(span("citando la Korean Central News Agency"),),
    mention=(span("la Korean Central News Agency"),),
    cue=(span("citando"),),
    content=("c-troops", "q-voices"),
    via="a-yonhap",
)
TROOPS = Annotation(id="c-troops", kind=Kind.CLAIM, spans=(span("le truppe sono partite"),))
VOICES = Annotation(id="q-voices", kind=Kind.QUOTE, spans=(span("“voci infondate”"),))
TURN = Annotation(
    id="c-turn00",
    kind=Kind.CLAIM,
    spans=(span("È una svolta"),),
    unattributed=Unattributed.ARTICLE,
)


def tagging() -> Tagging:
    """The five annotations, alive."""
    return Tagging((SAYS_YONHAP, SAYS_KCNA, TROOPS, VOICES, TURN))
