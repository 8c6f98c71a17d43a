"""Files spoilt at random: the same random numbers spoil the same file in the same way."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

Mutator = Callable[[bytes, Random], bytes]

LONGEST = 400_000
"""Bytes beyond which a mutated file is cut: duplicating again and again must end somewhere."""


def mutate(data: bytes, random: Random, kind: str) -> bytes:
    """The file with one to five things wrong in it.

    ``kind`` is one of `KINDS`: what is in the file decides what can be wrong with it. A file
    that is not of that kind (any more) is spoilt as text or bytes.
    """
    for _ in range(random.choice((1, 1, 1, 2, 3, 5))):
        data = KINDS[kind](data, random)[:LONGEST]
    return data


# Bytes

_BYTES = (b"\x00", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80")


def _binary(data: bytes, random: Random) -> bytes:
    return random.choice(_ON_BYTES)(data, random)


def _flip(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _insert(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(_BYTES) + data[at:]


def _cut(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + data[at + random.randrange(1, 200) :]


def _break_off(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _repeat(data: bytes, random: Random) -> bytes:
    start, to = random.randrange(len(data) + 1), random.randrange(len(data) + 1)
    return data[:to] + data[start : start + random.randrange(1, 2000)] + data[to:]


def _zero(data: bytes, random: Random) -> bytes:
    at, length = random.randrange(len(data) + 1), random.randrange(1, 64)
    return data[:at] + bytes(len(data[at : at + length])) + data[at + length :]


_ON_BYTES: tuple[Mutator, ...] = (_flip, _flip, _insert, _cut, _break_off, _repeat, _zero)

# Text, line by line and word by word

_NUMBERS = (b"-1", b"0", b"1.5", b"1e400", b"00", b"9" * 20, b"9" * 5000, b"\xd9\xa3", b"NaN")
_WORDS = (b"null", b"true", b"no", b'""', b"''", b"x", b"x-a", b"a" * 500, b"\xf0\x9f\x98\x80")
_LOOSE = (b"\t", b"\r", b"\n\n", b"\xc2\x85", b"\xe2\x80\xa8", b"[", b"]", b"{", b"}", b",", b":")
_MARKS = (b'"', b"'", b"\\", b"\\ud800", b"\\u0000", b"&#0;", b"&#xD800;", b"<", b">", b"&a;")
_LONG = (b"../../x", b"/etc/passwd", b"[" * 3000, b"(" * 3000, b"<a>" * 2000, b"- " * 2000)
_TOKENS = (*_NUMBERS, *_WORDS, *_LOOSE, *_MARKS, *_LONG)


def _text(data: bytes, random: Random) -> bytes:
    return random.choice(_ON_TEXT)(data, random)


def _insert_token(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(_TOKENS) + data[at:]


def _other_number(data: bytes, random: Random) -> bytes:
    return _replaced(data, random, rb"\d+", (*_NUMBERS, str(random.randrange(5000)).encode()))


def _other_word(data: bytes, random: Random) -> bytes:
    words = re.findall(rb"[\w-]{3,40}", data[:20_000]) or [b"x"]
    return _replaced(data, random, rb"[\w-]{3,40}", (*_WORDS, random.choice(words)))


def _other_string(data: bytes, random: Random) -> bytes:
    return _replaced(data, random, rb'"[^"\n]{0,80}"', (*_WORDS, *_NUMBERS, b"[]", b"{}"))


def _replaced(data: bytes, random: Random, pattern: bytes, others: tuple[bytes, ...]) -> bytes:
    """The data with one match of the pattern, from a random place on, replaced."""
    found = re.compile(pattern).search(data, random.randrange(len(data) + 1))
    if found is None:
        return _flip(data, random)
    return data[: found.start()] + random.choice(others) + data[found.end() :]


def _line_away(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    del lines[random.randrange(len(lines))]
    return b"\n".join(lines)


def _line_again(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(random.randrange(len(lines)), random.choice(lines))
    return b"\n".join(lines)


def _lines_swapped(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


_ON_TEXT: tuple[Mutator, ...] = (
    _binary,
    _insert_token,
    _insert_token,
    _other_number,
    _other_word,
    _other_string,
    _line_away,
    _line_again,
    _lines_swapped,
)

# JSON, value by value

_DEEP = "the place of something deep"
_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**30,
    1.5,
    float("inf"),
    float("nan"),
    "",
    "x",
    "\ud800",
    "\0",
    "a" * 400,
    "../../x",
    [],
    {},
    [[]],
    [None],
    {"a": None},
    {"id": {}},
    _DEEP,
)


def _json(data: bytes, random: Random) -> bytes:
    if random.random() < 0.3:
        return _text(data, random)
    try:
        value = json.loads(data)
        _spoil_value(value, random)
        return _deepened(json.dumps(value, ensure_ascii=random.random() < 0.5), random)
    except (ValueError, RecursionError):
        return _text(data, random)


def _spoil_value(value: Any, random: Random) -> None:
    """Replace, remove, rename or duplicate one value within a list or a mapping."""
    holders = [one for one in _nodes(value) if one and isinstance(one, dict | list)]
    if not holders:
        return
    holder = random.choice(holders)
    key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    other = random.choice((*_VALUES, random.choice(holders)))
    if random.random() < 0.2:
        del holder[key]
    elif random.random() < 0.1 and isinstance(holder, dict):
        holder[random.choice(("", "id", "x-a", "%ID", "@id", "\ud800"))] = holder.pop(key)
    else:
        holder[key] = json.loads(json.dumps(other))


def _nodes(value: Any) -> list[Any]:
    """The value and all that is in it, outer before inner."""
    found, at = [value], 0
    while at < len(found):
        one = found[at]
        found += list(one.values()) if isinstance(one, dict) else one if type(one) is list else []
        at += 1
    return found


def _deepened(written: str, random: Random) -> bytes:
    depth = random.choice((100, 5000, 100_000))
    opening, closing = random.choice((("[", "]"), ('{"a":', "}")))
    deep = f"{opening * depth}1{closing * depth}"
    return written.replace(f'"{_DEEP}"', deep, 1).encode("utf-8", "surrogatepass")


def _json_lines(data: bytes, random: Random) -> bytes:
    if random.random() < 0.3:
        return _text(data, random)
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = _json(lines[at], random)
    return b"\n".join(lines)


# Zip archives, part by part


def _zip(data: bytes, random: Random) -> bytes:
    if random.random() < 0.2:
        return _binary(data, random)
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
        return _binary(data, random)
    except Exception:  # noqa: BLE001  zlib and lzma have errors of their own
        return _binary(data, random)
    return _packed(_with_a_spoilt_part(parts, random))


def _with_a_spoilt_part(parts: dict[str, bytes], random: Random) -> dict[str, bytes]:
    name, chance = random.choice([*parts, "word/document.xml"]), random.random()
    if chance < 0.1:
        return {one: data for one, data in parts.items() if one != name}
    if chance < 0.15:
        return {**parts, "../../outside.txt": b"x", name: b""}
    return {**parts, name: _text(parts.get(name, b""), random)}


def _packed(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


# PDF, object by object and stream by stream

_STREAM = re.compile(rb"(?<=stream\n).*?(?=\nendstream)", re.DOTALL)


def _pdf(data: bytes, random: Random) -> bytes:
    streams = list(_STREAM.finditer(data))
    if not streams or random.random() < 0.5:
        return _text(data, random)
    stream = random.choice(streams)
    try:
        drawn = zlib.decompress(stream[0])
    except zlib.error:
        return _text(data, random)
    packed = zlib.compress(_text(drawn, random))
    return data[: stream.start()] + packed + data[stream.end() :]


KINDS: dict[str, Mutator] = {
    "binary": _binary,
    "text": _text,
    "json": _json,
    "json lines": _json_lines,
    "zip": _zip,
    "pdf": _pdf,
}
"""How a file of each kind is spoilt."""
