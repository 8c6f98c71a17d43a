from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core.change import Change, Delta, added, removed, replaced
from annotator.core.model import (
    Annotation,
    Answer,
    Comment,
    Decision,
    Kind,
    Span,
    Status,
    Unattributed,
    Verdict,
)
from annotator.core.sources import Source
from annotator.storage.files.change_check import refuse_format_errors
from annotator.storage.files.change_json import decode_change, encode_change

CLAIM = Annotation(id="c-000001", kind=Kind.CLAIM, spans=(Span(0, 2, "ab", "", ""),))
OTHER = replace(CLAIM, id="c-000002", note="\0 “x”\n", extra=(("x-a", [1, {"b": True}]),))
KCNA = Source(id="kcna", name="KCNA", key="k", aliases_in=(("ko", ("조선",)),))
ANSWER = Answer(problem="no-source", of=("c-000001",), exact="ab", reason="so")
DECISION = Decision(of="anna#c-000001", verdict=Verdict.ACCEPTED, as_id="c-000001")
COMMENT = Comment(of="anna#c-000001", by="carla", text="why?")

SOUND = Change(
    "anything\n",
    Delta((OTHER, CLAIM), (replace(CLAIM, note="x"),)),
    sources=replaced(KCNA, replace(KCNA, name="K.C.N.A.")),
    answers=added(ANSWER),
    decisions=added(DECISION),
    comments=removed(COMMENT),
    status=replaced(Status.DONE, Status.IN_PROGRESS),
    seen=("boris",),
)

NESTED: list[object] = []
for _ in range(100):
    NESTED = [NESTED]

ODD_TAGS = [
    replace(CLAIM, id="../../x"),
    replace(CLAIM, id="x: y\n- z"),
    replace(CLAIM, id="c-000001\n  note: y"),
    replace(CLAIM, spans=()),
    replace(CLAIM, spans=(Span(-1, 2, "ab", "", ""),)),
    replace(CLAIM, spans=(Span(2, 2, "ab", "", ""),)),
    replace(CLAIM, spans=(Span(5, 2, "ab", "", ""),)),
    replace(CLAIM, spans=(Span(0, 10**30, "ab", "", ""),)),
    replace(CLAIM, spans=(Span(0, 2, "", "", ""),)),
    replace(CLAIM, spans=(Span(0, 2, "ab"),)),
    replace(CLAIM, spans=(Span(4, 6, "ab", "", ""), Span(0, 2, "ab", "", ""))),
    replace(CLAIM, source="kcna"),
    replace(CLAIM, via="a-000001, b"),
    replace(CLAIM, content=("a]",), kind=Kind.ATTRIBUTION),
    replace(CLAIM, content=("c-000002", "c-000002"), kind=Kind.ATTRIBUTION),
    replace(CLAIM, kind=Kind.ATTRIBUTION, unattributed=Unattributed.ARTICLE),
    replace(CLAIM, extra=(("kind", "quote"),)),
    replace(CLAIM, extra=(("x-a", float("nan")),)),
    replace(CLAIM, extra=(("x-a", NESTED),)),  # type: ignore[arg-type]
    replace(CLAIM, extra=(("x-a", None),)),  # type: ignore[arg-type]
]
ODD_SOURCES = [
    replace(KCNA, id="K C"),
    replace(KCNA, id="kcna\n  name: y"),
    replace(KCNA, name=""),
    replace(KCNA, key="kk"),
    replace(KCNA, country="Korea"),
    replace(KCNA, extra=(("name", "y"),)),
]


def test_a_sound_change_is_let_through() -> None:
    refuse_format_errors(SOUND)
    refuse_format_errors(SOUND.inverse())


@pytest.mark.parametrize("odd", ODD_TAGS, ids=repr)
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_tag_that_could_not_stand_in_a_file_is_refused(odd: Annotation, side: str) -> None:
    tags = replace(SOUND.annotations, **{side: (odd,)})
    with pytest.raises(ValueError):  # noqa: PT011
        refuse_format_errors(replace(SOUND, annotations=tags))


@pytest.mark.parametrize("odd", ODD_SOURCES, ids=repr)
@pytest.mark.parametrize("side", ["before", "after"])
def test_a_source_that_could_not_stand_in_a_file_is_refused(odd: Source, side: str) -> None:
    sources = replace(SOUND.sources, **{side: (odd,)})
    with pytest.raises(ValueError):  # noqa: PT011
        refuse_format_errors(replace(SOUND, sources=sources))


@pytest.mark.parametrize(
    "odd",
    [
        replace(SOUND, annotations=added(CLAIM, CLAIM)),
        replace(SOUND, sources=Delta((KCNA,), (KCNA, KCNA))),
        replace(SOUND, answers=added(replace(ANSWER, of=("x]",)))),
        replace(SOUND, answers=added(replace(ANSWER, problem=""))),
        replace(SOUND, decisions=added(DECISION, DECISION)),
        replace(SOUND, decisions=added(replace(DECISION, of="anna"))),
        replace(SOUND, decisions=added(replace(DECISION, as_id="y, z: 1"))),
        replace(SOUND, comments=added(replace(COMMENT, by=""))),
        replace(SOUND, comments=added(COMMENT, COMMENT)),
        replace(SOUND, seen=("",)),
    ],
)
def test_so_is_everything_else(odd: Change) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        refuse_format_errors(odd)


SPAN = '[0,2,"ab","","",[]]'
LINES = (
    [
        '{"label":"x","after":[{"id":"c-000001","kind":"claim","spans":[%s]}]}' % span  # noqa: UP031
        for span in (
            '["0",2,"ab","","",[]]',
            '[true,2,"ab","","",[]]',
            '[0.0,2,"ab","","",[]]',
            '[0,1e400,"ab","","",[]]',
            '[0,NaN,"ab","","",[]]',
            '[0,2,1,"","",[]]',
            '[0,2,"ab",1,"",[]]',
            '[0,2,"ab","",["x"],[]]',
            '[0,2,"ab","",""]',
            '[0,2,"ab","","",{}]',
            '[0,2,"ab","","",[["x-a"]]]',
            "[]",
            "{}",
            "null",
            "7",
        )
    ]
    + [
        '{"label":"x","after":%s}' % after  # noqa: UP031
        for after in (
            "null",
            "{}",
            '"x"',
            "[null]",
            "[[]]",
            '[{"id":"c-000001"}]',
            f'[{{"id":"c-000001","kind":"rumour","spans":[{SPAN}]}}]',
            f'[{{"id":"c-000001","kind":["claim"],"spans":[{SPAN}]}}]',
            f'[{{"id":["c-000001"],"kind":"claim","spans":[{SPAN}]}}]',
            f'[{{"id":"c-000001","kind":"claim","spans":[{SPAN}],"colour":"red"}}]',
            f'[{{"id":"c-000001","kind":"claim","spans":[{SPAN}],"note":null}}]',
        )
    ]
    + [
        "[" * 100_000,
        '{"label":' + "[" * 100_000,
        "1" * 5000,
        '{"label":"x","sources_after":[{"id":"a","name":"A","named":"yes"}]}',
        '{"label":"x","status":["done"]}',
        '{"label":"x","status":["done","lost"]}',
        '{"label":"x","seen":"boris"}',
        '{"label":null}',
        '{"label":"x","more":[]}',
    ]
)


@pytest.mark.parametrize("line", LINES)
def test_json_of_another_shape_is_refused_in_one_way(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        refuse_format_errors(decode_change(line.encode()))


def test_half_a_surrogate_pair_comes_back_as_it_would_from_the_file() -> None:
    change = Change("Edit note", added(replace(CLAIM, note="a\ud800")))
    back = decode_change(encode_change(change))
    assert [one.note for one in back.after] == ["a\ufffd"]
    refuse_format_errors(back)
