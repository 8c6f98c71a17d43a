"""What we write keeps to the rules by which brat's own server reads, line for line."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings

from annotator.formats.brat.format import FORMAT
from annotator.formats.format import Tagged
from annotator.storage.disk.contents import Data
from annotator.storage.shipped.resources import resource_path
from tests.formats.tagged import tagged


def written(one: Tagged) -> dict[str, str]:
    found: dict[str, str] = {}

    def put(name: str, data: Data) -> None:
        found[name] = (data if isinstance(data, bytes) else b"".join(data)).decode()

    assert FORMAT.write
    assert list(FORMAT.write([one], put)) == []
    return found


@settings(max_examples=60)
@given(tagged())
def test_brat_takes_every_line(one: Tagged) -> None:
    files = written(one)
    # brat reads by lines of any kind, not only by those that end in LF.
    lines = files["tagged.ann"].splitlines()
    assert lines == files["tagged.ann"].split("\n")[:-1]
    assert all(re.match(r"[TEAN#]\d+\t", line) for line in lines)
    ids = [line.partition("\t")[0] for line in lines]
    assert len(set(ids)) == len(ids)
    types = {line.split()[0]: line.split()[1] for line in lines if line[0] == "T"}
    triggers = {line.split()[1].partition(":")[2] for line in lines if line[0] == "E"}
    for line in lines:
        if line[0] == "T":
            check_words(line, files["tagged.txt"])
        elif line[0] == "E":
            check_event(line, types, set(ids))
        elif one.document.annotations:
            # Nothing but its event may speak of a trigger.
            assert line.split()[2] in set(ids) - triggers


def check_words(line: str, text: str) -> None:
    """Fragments do not even touch, and the words are theirs with blanks between them."""
    _, where, words = line.split("\t", 2)
    ranges = [tuple(int(at) for at in pair.split()) for pair in where.partition(" ")[2].split(";")]
    assert all(start < end <= len(text) for start, end in ranges)
    assert all(one[1] < two[0] for one, two in pairwise(ranges))
    told = " ".join(text[start:end] for start, end in ranges)
    assert words == told or not told.strip()


def check_event(line: str, types: dict[str, str], ids: set[str]) -> None:
    """The trigger has the type of its event, roles are numbered from the second one on."""
    args = [part.split(":") for part in line.split("\t")[1].split()]
    assert types[args[0][1]] == args[0][0] == "Attribution"
    roles = [role for role, _ in args[1:]]
    assert len(set(roles)) == len(roles)
    assert {target for _, target in args} <= ids


def test_the_configuration_names_every_type_role_and_value() -> None:
    conf = resource_path("brat/annotation.conf").read_text("utf-8")
    sections = re.findall(r"^\[(\w+)\]$", conf, re.MULTILINE)
    assert sections == ["entities", "relations", "events", "attributes"]
    for word in ("Claim", "Quote", "Source", "Cue", "Attribution", "Content*", "Via?"):
        assert word in conf
    for values in ("reports|confirms|denies|emphasises|doubts", "article|unknown", "sure|unsure"):
        assert f"Value:{values}" in conf


def test_each_type_is_drawn_once() -> None:
    drawn = resource_path("brat/visual.conf").read_text("utf-8").partition("[drawing]")[2]
    names = [line.split("\t")[0] for line in drawn.splitlines() if "\t" in line]
    assert len(set(names)) == len(names)
