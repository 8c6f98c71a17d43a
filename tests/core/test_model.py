from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from annotator.core.model import address, text_order
from tests.core.builders import annotation


def test_an_annotation_reaches_from_its_first_fragment_to_its_last() -> None:
    fragments = annotation("q-1", (0, 9), (28, 37))
    assert (fragments.start, fragments.end) == (0, 37)
    assert fragments.words == "Pyongyang … in Russia"


def test_an_annotation_is_never_changed_only_replaced() -> None:
    claim = annotation("c-1", (0, 9))
    with pytest.raises(FrozenInstanceError):
        claim.note = "altered"  # type: ignore[misc]
    assert replace(claim, note="new").note == "new"
    assert claim.note is None


def test_its_links_are_its_content_and_then_what_stands_behind_it() -> None:
    assert annotation("a-1", (0, 9), content=("c-1", "q-1"), via="a-2").links == (
        "c-1",
        "q-1",
        "a-2",
    )
    assert annotation("a-1", (0, 9), via="a-2").links == ("a-2",)
    assert annotation("a-1", (0, 9)).links == ()


def test_text_order_is_by_start_then_longer_first_then_id() -> None:
    ordered = [
        annotation("c-3", (0, 9), (20, 30)),
        annotation("q-2", (0, 19)),
        annotation("a-1", (0, 9)),
        annotation("c-1", (0, 9)),
        annotation("a-2", (1, 50)),
    ]
    assert sorted(set(ordered), key=text_order) == ordered


def test_an_address_names_an_annotation_across_files() -> None:
    assert address("anna", "c-8r3tdw") == "anna#c-8r3tdw"
