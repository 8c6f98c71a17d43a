from __future__ import annotations

from dataclasses import replace

from annotator.core.model import Certainty
from annotator.review.decide.versions import version_of
from tests.core.builders import NEWS, annotation

CLAIM = annotation("c-1", (0, 9))


def test_a_version_is_another_one_where_anything_that_counts_is() -> None:
    others = [
        CLAIM,
        replace(CLAIM, certainty=Certainty.UNSURE),
        replace(CLAIM, spans=(NEWS.span(0, 8),)),
        replace(CLAIM, id="c-2"),
    ]
    assert len({version_of(one) for one in others}) == len(others)


def test_a_remark_is_no_other_version() -> None:
    noted = replace(CLAIM, note="check", extra=(("x-colour", "red"),))
    assert version_of(noted) == version_of(CLAIM)


def test_a_version_is_twelve_hex_digits_and_stays_what_it_is() -> None:
    assert version_of(CLAIM) == "390fc9dd326a"
