from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import FormatError
from annotator.core.sources import Registry, SourceType
from annotator.storage.files import file_format
from annotator.storage.files.source_file import (
    parse_in_full,
    parse_registry,
    registry_bytes,
    registry_errors,
)
from tests.storage.documents import registries


@pytest.fixture
def seed(seeds: Path) -> bytes:
    return (seeds / "sources.yaml").read_bytes()


def test_the_seed_registry_comes_out_as_it_went_in(seed: bytes) -> None:
    assert registry_errors(seed, "sources.yaml") == []
    assert registry_bytes(parse_registry(seed, "sources.yaml")) == seed


def test_the_seed_registry_means_what_it_says(seed: bytes) -> None:
    registry = parse_registry(seed, "sources.yaml")
    kcna, nobody = registry.by_id["kcna"], registry.by_id["intelligence-reports"]
    assert (kcna.type, kcna.country, kcna.key) == (SourceType.STATE_MEDIA, "KP", "k")
    assert kcna.aliases[-2:] == ("조선중앙통신", "ЦТАК")
    assert (kcna.named, nobody.named, nobody.aliases) == (True, False, ())


@given(registries)
def test_any_registry_reads_back_as_it_was_written(registry: Registry) -> None:
    data = registry_bytes(registry)
    assert parse_registry(data, "sources.yaml") == registry
    assert registry_bytes(parse_registry(data, "sources.yaml")) == data


def test_a_file_as_this_program_writes_it_needs_no_yaml(
    seed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_full = parse_in_full(seed, "sources.yaml")
    monkeypatch.delattr(file_format, "read_tree")
    assert parse_registry(seed, "sources.yaml") == in_full


@given(registries, st.data())
def test_an_edited_file_is_never_read_otherwise_than_in_full(
    registry: Registry, data: st.DataObject
) -> None:
    written = registry_bytes(registry)
    start = data.draw(st.integers(0, len(written)))
    new = data.draw(st.binary(max_size=3) | st.sampled_from(HARD))
    edited = written[:start] + new + written[start + data.draw(st.integers(0, 9)) :]
    assert outcome(parse_registry, edited) == outcome(parse_in_full, edited)


HARD = [b"\n", b"\n- ", b"\n  ", b": ", b", ", b"[", b"]", b'"', b"#", b"\xe2\x80\xa8", b"no"]


@given(registries, st.data())
def test_lines_moved_or_lost_are_never_read_otherwise_than_in_full(
    registry: Registry, data: st.DataObject
) -> None:
    lines = registry_bytes(registry).splitlines(keepends=True)
    taken = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
    lines.insert(data.draw(st.integers(0, len(lines))), taken * data.draw(st.integers(0, 2)))
    edited = b"".join(lines)
    assert outcome(parse_registry, edited) == outcome(parse_in_full, edited)


def outcome(parse: Callable[[bytes, str], Registry], data: bytes) -> Registry | str:
    try:
        return parse(data, "sources.yaml")
    except FormatError as error:
        return str(error)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"id: rbc", b"id: kcna"),
        (b"id: rbc", b"id: Rbc"),
        (b"name: RBC", b"name: no"),
        (b"name: RBC", b"name: 12:30"),
        (b"name: RBC", b"name: "),
        (b"name: RBC", b"name: RBC # who?"),
        (b"name: RBC", b"name: &a RBC"),
        (b"key: r", b"key: rr"),
        (b"key: r", b"key: 1"),
        (b"type: newspaper", b"type: journal"),
        (b"country: RU", b"country: RUS"),
        (b"country: RU", b"country: NO"),
        (b"country: RU", b"country: RU\n  country: RU"),
        (b"country: RU", b"country: RU\n  x-a: b"),
        (b"country: RU", b"country: RU\n  named: true"),
        (b"aliases: [RBC, ", b"aliases: [RBC, , "),
        (b"aliases: [RBC, ", b"aliases: [no, "),
        (b"\nsources:", b"\nx-a: b\nsources:"),
        (b"\nsources:", b"\n\nsources:"),
        (b"\n", b"\r\n"),
    ],
)
def test_what_is_not_as_this_program_writes_it_is_read_in_full(
    seed: bytes, old: bytes, new: bytes
) -> None:
    edited = seed.replace(old, new, 1)
    assert edited != seed
    assert outcome(parse_registry, edited) == outcome(parse_in_full, edited)


def test_a_source_may_have_a_colour_and_aliases_in_one_language_each(seed: bytes) -> None:
    local = 'aliases-in: {ko: [타스], "no": [Tass]}'
    told = f"country: RU\n  colour: violet\n  {local}".encode()
    registry = parse_registry(seed.replace(b"country: RU", told, 1), "sources.yaml")
    rbc = registry.by_id["rbc"]
    assert (rbc.colour, rbc.aliases_in) == ("violet", (("ko", ("타스",)), ("no", ("Tass",))))
    assert f"  {local}\n".encode() in registry_bytes(registry)
    assert registry.search("타스") == [rbc]
    assert registry.mentioned_in("Tass melder") == (rbc, 0, 4)


def test_norway_is_a_country(seed: bytes) -> None:
    registry = parse_registry(seed.replace(b"country: KP", b"country: NO"), "sources.yaml")
    assert registry.by_id["kcna"].country == "NO"
    assert b'country: "NO"\n' in registry_bytes(registry)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("- id: rbc", "- id: kcna", "17: the id kcna stands twice, expected another id"),
        ("key: r", "key: rr", "20: key is 'rr', expected something like k"),
        ("country: RU", "country: ru", "22: country is 'ru', expected something like KP"),
        ("country: RU", "land: RU", "22: unknown key 'land', expected one of id, name"),
        ("country: RU", "colour: mauve", "22: colour is 'mauve', expected red, orange, yellow"),
        ("country: RU", "aliases-in: {}", "22: aliases-in is empty, expected at least one item"),
        ("country: RU", "aliases-in: {KO: [a]}", "22: aliases-in has a key that is no language"),
        ("named: false", "named: maybe", "48: named is 'maybe', expected true or false"),
        ("registry/1", "registry/3", "1: a newer program wrote this file"),
    ],
)
def test_what_is_no_registry_is_refused_with_its_line(
    old: str, new: str, sentence: str, seed: bytes
) -> None:
    data = seed.replace(old.encode(), new.encode(), 1)
    with pytest.raises(FormatError) as caught:
        parse_registry(data, "sources.yaml")
    assert str(caught.value).startswith(f"sources.yaml:{sentence}")
    assert [str(one) for one in registry_errors(data, "sources.yaml")] == [str(caught.value)]


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("K", "20: the key K already tags with kcna, expected another letter"),
        ("u", "20: the key U is a command of the window, expected another letter"),
        ("X", "20: the key X is a command of the window, expected another letter"),
    ],
)
def test_a_key_that_cannot_work_is_a_problem_but_no_hindrance(
    key: str, sentence: str, seed: bytes
) -> None:
    data = seed.replace(b"key: r\n", f"key: {key}\n".encode())
    assert parse_registry(data, "sources.yaml").by_id["rbc"].key == key
    found = [str(one) for one in registry_errors(data, "sources.yaml")]
    assert found == [f"sources.yaml:{sentence}"]


def test_a_registry_that_is_no_yaml_is_one_problem() -> None:
    [problem] = registry_errors(b"sources: [", "sources.yaml")
    assert "this is not YAML" in str(problem)
