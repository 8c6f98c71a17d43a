from __future__ import annotations

import pytest

from annotator.core.display_text import count


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
