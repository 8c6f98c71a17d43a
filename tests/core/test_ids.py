from __future__ import annotations

import re
import secrets

import pytest

from annotator.core.ids import new_id
from annotator.core.model import Kind


@pytest.mark.parametrize(
    ("kind", "letter"), [(Kind.CLAIM, "c"), (Kind.QUOTE, "q"), (Kind.ATTRIBUTION, "a")]
)
def test_an_id_is_the_letter_of_its_kind_and_six_characters(kind: Kind, letter: str) -> None:
    assert re.fullmatch(rf"{letter}-[0-9a-z]{{6}}", new_id(kind, ()))


def test_a_taken_id_is_not_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter("aaaaaabbbbbb")
    monkeypatch.setattr(secrets, "choice", lambda _: next(drawn))
    assert new_id(Kind.CLAIM, {"c-aaaaaa"}) == "c-bbbbbb"


def test_ids_do_not_repeat() -> None:
    given: set[str] = set()
    for _ in range(1000):
        given.add(new_id(Kind.QUOTE, given))
    assert len(given) == 1000
