from __future__ import annotations

import json
from zlib import crc32

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.change import Change, added, removed, replaced
from annotator.core.errors import FormatError
from annotator.core.model import Annotation, Kind, Span, Status
from annotator.core.sources import Source
from annotator.storage.disk.journal_format import Header, JournalContents, journal_bytes, read_lines
from annotator.storage.files.change_json import encode_change

HEADER = Header(starts_from="0" * 64, annotator="Anna Müller")
CLAIM = Annotation(id="c-000001", kind=Kind.CLAIM, spans=(Span(0, 2, "“x”", "", "y"),))
CHANGES = (
    Change("Tag claim", added(CLAIM)),
    Change("New source", sources=added(Source(id="kcna", name="조선", named=False))),
    Change("Mark as done", status=replaced(Status.IN_PROGRESS, Status.DONE)),
    Change("Delete", removed(CLAIM)),
    Change("See the tagging of boris", seen=("boris",)),
)
DATA, _ = journal_bytes(HEADER, CHANGES)
LINES = DATA.splitlines(keepends=True)
FIRST_FORMAT = [
    json.dumps({"format": "source-attribution-journal/1", **HEADER._asdict()}).encode() + b"\n",
    *map(encode_change, CHANGES),
]
places = st.integers(0, len(DATA) - 1)


def test_a_journal_comes_back_as_it_was_written() -> None:
    assert read_lines(DATA, "j") == JournalContents(HEADER, CHANGES)
    assert len(LINES) == 1 + len(CHANGES)


def test_a_journal_of_the_first_format_is_read_too() -> None:
    assert read_lines(b"".join(FIRST_FORMAT), "j") == JournalContents(HEADER, CHANGES)


def test_a_journal_of_a_newer_program_is_left_to_it() -> None:
    words = b'{"format": "source-attribution-journal/3", "more": []}'
    newer = b"%b %08x\n" % (words, crc32(words))
    with pytest.raises(FormatError, match=r"j:1: a newer program .*/3\); update this program"):
        read_lines(newer + b"anything\n", "j")


def damaged_line(place: int) -> int:
    """The number of the line that holds the byte at ``place``."""
    return DATA.count(b"\n", 0, place)


def believed(data: bytes, line: int) -> None:
    """What stands before a damaged line is believed, and everything from there on is kept."""
    whole = b"".join(LINES[:line])
    found = read_lines(data, "j")
    assert found.changes == CHANGES[: max(0, line - 1)]
    assert found.unreadable == data[len(whole) :] if line else data
    assert found.header == (HEADER if line else None)


@given(places, st.integers(1, 255))
def test_a_byte_that_was_flipped_is_noticed_wherever_it_is(place: int, flip: int) -> None:
    damaged = bytes([DATA[place] ^ flip])
    believed(DATA[:place] + damaged + DATA[place + 1 :], damaged_line(place))


@given(places, st.integers(1, 600))
def test_a_block_of_zeros_is_noticed_wherever_it_lies(place: int, length: int) -> None:
    end = min(len(DATA), place + length)
    believed(DATA[:place] + bytes(end - place) + DATA[end:], damaged_line(place))


@given(places, st.binary(min_size=1, max_size=40))
def test_bytes_that_came_in_between_are_noticed(place: int, more: bytes) -> None:
    data = DATA[:place] + more + DATA[place:]
    found = read_lines(data, "j")
    sound = damaged_line(place)
    assert found.changes[: max(0, sound - 1)] == CHANGES[: max(0, sound - 1)]
    assert all(change in CHANGES for change in found.changes)
    assert found.changes == CHANGES[: len(found.changes)]
    kept = sum(map(len, LINES[: len(found.changes) + 1])) if found.header else 0
    assert found.unreadable == data[kept:]


@given(places, st.integers(1, 300))
def test_bytes_that_are_missing_are_noticed(place: int, length: int) -> None:
    end = min(len(DATA) - 1, place + length)
    found = read_lines(DATA[:place] + DATA[end:], "j")
    assert found.changes == CHANGES[: len(found.changes)]
    assert len(found.changes) <= max(0, damaged_line(place) - 1) or place >= end


@given(places)
@example(0)
def test_what_was_being_written_when_the_power_went_is_left_out_in_silence(place: int) -> None:
    line = damaged_line(place)
    header = HEADER if line else None
    assert read_lines(DATA[:place], "j") == JournalContents(header, CHANGES[: max(0, line - 1)])
    first_format = b"".join(FIRST_FORMAT)
    cut = first_format[: place % len(first_format)]
    whole = cut.count(b"\n")
    header = HEADER if whole else None
    assert read_lines(cut, "j") == JournalContents(header, CHANGES[: max(0, whole - 1)])


@given(st.permutations(range(1, len(LINES))), st.integers(0, len(LINES)))
def test_a_line_is_believed_only_after_the_one_that_it_followed(
    order: list[int], length: int
) -> None:
    shown = order[:length]
    data = b"".join([LINES[0], *(LINES[number] for number in shown)])
    sound = next((at for at, number in enumerate(shown) if number != at + 1), len(shown))
    expected = b"".join(LINES[number] for number in shown[sound:])
    assert read_lines(data, "j") == JournalContents(HEADER, CHANGES[:sound], expected)


def test_a_line_of_another_journal_is_not_believed() -> None:
    other, _ = journal_bytes(Header(None, "boris"), CHANGES)
    strange = other.splitlines(keepends=True)[1]
    assert read_lines(LINES[0] + strange, "j") == JournalContents(HEADER, (), strange)


@given(st.sampled_from(["cut", "flip", "zero"]), st.integers(0), st.integers(1, 255))
def test_in_the_first_format_nothing_before_the_damage_is_lost_and_nothing_fails(
    how: str, where: int, flip: int
) -> None:
    data = b"".join(FIRST_FORMAT)
    place = where % len(data)
    damaged = {"cut": b"", "flip": bytes([data[place] ^ flip]), "zero": b"\0"}[how]
    line = data.count(b"\n", 0, place)
    found = read_lines(data[:place] + damaged + data[place + 1 :], "j")
    sound = max(0, line - 1)
    assert found.changes[:sound] == CHANGES[:sound] or not found.header


@given(st.binary(max_size=80), st.booleans())
def test_any_bytes_at_all_are_sorted_out(data: bytes, ends: bool) -> None:
    data += b"\n" * ends
    found = read_lines(data, "j")
    assert (found.header, found.changes) == (None, ())
    assert found.unreadable in (data, b"")


@pytest.mark.parametrize(
    "first",
    [
        b"[" * 100_000,
        b"1" * 5000,
        b"[]",
        b"null",
        b'{"format":"source-attribution-journal/1"}',
        b'{"format":"source-attribution-journal/1","annotator":1,"starts_from":null}',
        b'{"format":"source-attribution-journal/1","annotator":"a","starts_from":[]}',
        b'{"format":"source-attribution-journal/1","annotator":"a","starts_from":null,"more":1}',
        b'{"format":["source-attribution-journal/1"],"annotator":"a","starts_from":null}',
        b'{"format":"source-attribution-journal/2","annotator":"a","starts_from":null}',
        b'{"format":"source-attribution-journal/9","annotator":"a","starts_from":null}',
    ],
)
def test_a_header_that_is_none_makes_all_unreadable(first: bytes) -> None:
    data = first + b"\n" + encode_change(CHANGES[0])
    assert read_lines(data, "j") == JournalContents(None, (), data)
