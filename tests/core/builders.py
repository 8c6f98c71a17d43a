"""Small articles and annotations for the tests of the core."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.core import edits
from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article

NEWS = Article(
    "Pyongyang ha inviato truppe in Russia. Lo riferisce la Yonhap, citando la KCNA.\n\n"
    "“Siamo alleati” 🤝, ha detto il ministro Kim. 연합뉴스는 보도했다.\n"
    'Secondo RBC, "il trattato" è in vigore; نقلت الجزيرة ذلك، e Seul non commenta.\n'
)
REGISTRY = Registry(
    (
        Source(
            id="kcna",
            name="Korean Central News Agency",
            short="KCNA",
            key="k",
            aliases=("agenzia centrale di stampa coreana", "조선중앙통신", "ЦТАК"),
        ),
        Source(id="yonhap", name="Yonhap", key="y", aliases=("연합뉴스", "Ёнхап")),
        Source(id="rbc", name="RBC", key="R", aliases=("RBC News", "РБК")),
        Source(id="jazeera", name="Al Jazeera", aliases=("الجزيرة",)),
    )
)


def annotation(name: str, *ranges: tuple[int, int], **more: Any) -> Annotation:
    """An annotation of `NEWS` whose id begins with the letter of its kind."""
    kind = {"c": Kind.CLAIM, "q": Kind.QUOTE, "a": Kind.ATTRIBUTION}[name[0]]
    spans = tuple(NEWS.span(*one) for one in ranges)
    return Annotation(id=name, kind=kind, spans=spans, **more)


def on(words: str, name: str, **more: Any) -> Annotation:
    """The annotation called ``name`` on the first ``words`` of `NEWS`."""
    start = NEWS.text.index(words)
    return annotation(name, (start, start + len(words)), **more)


def a_chain() -> Tagging:
    """Claim and quote said by RBC, via KCNA, via Yonhap."""
    return Tagging(
        [
            on("Pyongyang ha inviato truppe in Russia", "c-1"),
            on("“Siamo alleati”", "q-1"),
            on("Secondo RBC", "a-rbc", source="rbc", content=("c-1", "q-1"), via="a-kcna"),
            on("citando la KCNA", "a-kcna", source="kcna", via="a-yonhap"),
            on("Lo riferisce la Yonhap", "a-yonhap", source="yonhap"),
        ]
    )


def now(tagging: Tagging, name: str) -> Annotation:
    """The annotation of that id as it is now."""
    found = tagging.get(name)
    assert found is not None
    return found


def do(tagging: Tagging, change: Change) -> Annotation:
    """Apply a change and hand back the last annotation it leaves."""
    tagging.apply(change)
    return change.after[-1]


def tag(tagging: Tagging, kind: Kind, words: str, **more: Any) -> Annotation:
    """Tag the first ``words`` of `NEWS`."""
    start = NEWS.text.index(words)
    return do(tagging, edits.tag(tagging, NEWS, kind, [(start, start + len(words))], **more))


def refused(verb: Callable[[], object]) -> str:
    """The sentence with which a verb refuses."""
    with pytest.raises(EditRefused) as caught:
        verb()
    return str(caught.value)
