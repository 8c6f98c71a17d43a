from __future__ import annotations

import pytest

from annotator.core.display_text import count, escaped, shown_name
from annotator.core.errors import FormatError, StorageError


@pytest.mark.parametrize(
    ("number", "what", "told"),
    [(1, "note", "1 note"), (2, "note", "2 notes"), (3, "certainty", "3 certainties")],
)
def test_things_are_counted_in_words(number: int, what: str, told: str) -> None:
    assert count(number, what) == told


def test_keys_keep_their_y() -> None:
    assert count(1200, "x- key") == "1,200 x- keys"


def test_a_plural_of_its_own_is_given() -> None:
    assert [count(n, "Quelle", "Quellen") for n in (1, 2)] == ["1 Quelle", "2 Quellen"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("uno\ndue", r"uno\ndue"),
        ("uno\x1b[2J", r"uno\x1b[2J"),
        ("uno\u202edue\u2066", r"uno\u202edue\u2066"),
        ("Così è, 북한 وكالة", "Così è, 북한 وكالة"),
    ],
)
def test_nothing_that_is_shown_breaks_a_line_or_steers_it(text: str, told: str) -> None:
    assert (escaped(text), shown_name(text), str(StorageError(text))) == (told, told, told)
    assert str(FormatError(text, 1, "no YAML")) == f"{told}:1: no YAML"


def test_of_a_long_name_both_ends_are_shown() -> None:
    name = f"Comincia{'-e-continua' * 30}-e-finisce.txt"
    shown = shown_name(name)
    assert len(shown) == 100
    assert (shown[:8], shown[-11:]) == ("Comincia", "finisce.txt")
    assert shown_name(name[:100]) == name[:100]
