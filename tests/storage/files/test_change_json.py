"""A change as a line of a journal: as it has always been written, and as it is read."""

from __future__ import annotations

import pytest

from annotator.core.change import Change, Delta, added, replaced
from annotator.core.model import (
    Annotation,
    Answer,
    Certainty,
    Comment,
    Decision,
    Kind,
    Span,
    Stance,
    Status,
    Unattributed,
    Verdict,
)
from annotator.core.sources import Source, SourceColour, SourceType
from annotator.storage.disk.journal_format import Header, journal_bytes, read_lines
from annotator.storage.files.change_json import decode_change, encode_change

CLAIM = Annotation(id="c-000001", kind=Kind.CLAIM, spans=(Span(0, 2, "ab", "", "c"),))
OWN = Annotation(
    id="c-000001", kind=Kind.CLAIM, spans=CLAIM.spans, unattributed=Unattributed.ARTICLE
)
FULL = Annotation(
    id="a-000001",
    kind=Kind.ATTRIBUTION,
    spans=(Span(3, 9, "KCNA 조", " ", "", (("x-s", [1]),)), Span(12, 14, "so", "", "")),
    source="kcna",
    mention=(Span(3, 7, "KCNA"),),
    cue=(Span(12, 14, "so"),),
    content=("c-000001",),
    via="a-000002",
    stance=Stance.DENIES,
    certainty=Certainty.UNSURE,
    note="why?",
    extra=(("x-a", {"b": True}),),
)
KCNA = Source(
    id="kcna",
    name="KCNA",
    short="K",
    key="k",
    type=SourceType.NEWS_AGENCY,
    country="KP",
    colour=SourceColour.RED,
    named=False,
    aliases=("조선",),
    aliases_in=(("ko", ("조선",)),),
    extra=(("x-b", 1),),
)
NO = Answer(problem="undecided", exact="ab", reason="no")
SO = Answer(problem="undecided", of=("c-000001",), exact="ab", reason="so", extra=(("x-c", "d"),))
ASKED = Decision(of="anna#c-000001", verdict=Verdict.QUESTION)
ACCEPTED = Decision(
    of="anna#c-000001",
    verdict=Verdict.ACCEPTED,
    as_id="c-000001",
    reason="r",
    version="0123456789ab",
)

JOURNAL = (
    rb'{"format": "source-attribution-journal/2", "starts_from": null, "annotator": "anna"} 1'
    rb"5436d87"
    b"\n"
    rb'{"label":"Tag attribution","before":[{"id":"c-000001","kind":"claim","spans":[[0,2,"ab'
    rb'","","c",[]]]}],"after":[{"id":"a-000001","kind":"attribution","spans":[[3,9,"KCNA \uc'
    rb'870"," ","",[["x-s",[1]]]],[12,14,"so","","",[]]],"source":"kcna","mention":[[3,7,"KCN'
    rb'A",null,null,[]]],"cue":[[12,14,"so",null,null,[]]],"content":["c-000001"],"via":"a-00'
    rb'0002","stance":"denies","certainty":"unsure","note":"why?","extra":[["x-a",{"b":true}]'
    rb"]}]} 4f7a7f47"
    b"\n"
    rb'{"label":"Unattributed","after":[{"id":"c-000001","kind":"claim","spans":[[0,2,"ab",""'
    rb',"c",[]]],"unattributed":"article"}]} 5ed785db'
    b"\n"
    rb'{"label":"Edit source","sources_before":[{"id":"kcna","name":"KCNA"}],"sources_after":'
    rb'[{"id":"kcna","name":"KCNA","short":"K","key":"k","type":"news-agency","country":"KP",'
    rb'"colour":"red","named":false,"aliases":["\uc870\uc120"],"aliases_in":[["ko",["\uc870\u'
    rb'c120"]]],"extra":[["x-b",1]]}]} 3f4b34cb'
    b"\n"
    rb'{"label":"Not a problem here","answers_before":[{"problem":"undecided","exact":"ab","r'
    rb'eason":"no"}],"answers_after":[{"problem":"undecided","of":["c-000001"],"exact":"ab","'
    rb'reason":"so","extra":[["x-c","d"]]}]} 7452186a'
    b"\n"
    rb'{"label":"Accept","decisions_before":[{"of":"anna#c-000001","verdict":"question"}],"de'
    rb'cisions_after":[{"of":"anna#c-000001","verdict":"accepted","as_id":"c-000001","reason"'
    rb':"r","version":"0123456789ab"}]} 3eb0e52b'
    b"\n"
    rb'{"label":"Comment","comments_after":[{"of":"anna#c-000001","by":"carla","text":"Is it?'
    rb'"}]} 0054f82d'
    b"\n"
    rb'{"label":"Mark as done","status":["in-progress","done"]} 491e908e'
    b"\n"
    rb'{"label":"See the tagging of boris","seen":["boris"]} 2db78976'
    b"\n"
)
"""A journal as the first version with checksums wrote it."""

CHANGES = (
    Change("Tag attribution", replaced(CLAIM, FULL)),
    Change("Unattributed", added(OWN)),
    Change("Edit source", sources=replaced(Source(id="kcna", name="KCNA"), KCNA)),
    Change("Not a problem here", answers=replaced(NO, SO)),
    Change("Accept", decisions=replaced(ASKED, ACCEPTED)),
    Change("Comment", comments=added(Comment(of="anna#c-000001", by="carla", text="Is it?"))),
    Change("Mark as done", status=replaced(Status.IN_PROGRESS, Status.DONE)),
    Change("See the tagging of boris", seen=("boris",)),
)


def test_a_journal_of_an_older_program_comes_back_whole() -> None:
    found = read_lines(JOURNAL, "journal")
    assert found == (Header(None, "anna"), CHANGES, b"")


def test_a_journal_is_still_written_so_that_an_older_program_can_read_it() -> None:
    data, _ = journal_bytes(Header(None, "anna"), CHANGES)
    assert data == JOURNAL


def test_one_without_checksums_comes_back_too() -> None:
    head = b'{"format": "source-attribution-journal/1", "starts_from": null, "annotator": "anna"}'
    lines = [line.rpartition(b" ")[0] for line in JOURNAL.splitlines()[1:]]
    assert read_lines(b"\n".join((head, *lines, b"")), "journal").changes == CHANGES


@pytest.mark.parametrize(
    "line",
    [
        b'{"label":"x","status":[]}',
        b'{"label":"x","status":["done","done","done"]}',
        b'{"label":"x","status_before":["done"]}',
        b'{"label":"x","annotations_before":[]}',
        b'{"label":"x","sources":[[],[]]}',
        b'{"label":"x","comments_after":[{"of":"a#b","by":"c","text":"d","as_id":"e"}]}',
        b'{"label":"x","answers_after":[{"problem":"a","exact":"b","reason":null}]}',
        b'{"label":"x","decisions_after":[{"of":"a#b","verdict":"accepted","extra":{"x-a":1}}]}',
    ],
)
def test_what_no_program_ever_wrote_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        decode_change(line)


def test_what_is_empty_is_left_out() -> None:
    assert encode_change(Change("x", Delta(), seen=())) == b'{"label":"x"}\n'
