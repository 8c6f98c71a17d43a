"""Mutated files of every format end in an error of our tree, or are right."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest

from annotator.core.errors import AnnotatorError
from tests.torture.borders import FORMATS, samples
from tests.torture.mutating import KINDS, mutate

ROUNDS = 25
"""Few, as they are tried with each run; ``./dev torture`` tries other ones, and many."""


@pytest.mark.parametrize("name", FORMATS)
def test_a_sound_file_is_read(name: str) -> None:
    FORMATS[name](samples()[name].data)


@pytest.mark.parametrize("name", FORMATS)
def test_a_mutated_file_ends_in_a_sentence_or_is_right(name: str) -> None:
    sample = samples()[name]
    for number in range(ROUNDS):
        data = mutate(sample.data, Random(f"{name} {number}"), sample.kind)
        with suppress(AnnotatorError):
            FORMATS[name](data)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_random_numbers_spoil_a_file_in_the_same_way(kind: str) -> None:
    data = b'{"a": [1, "b"]}\n' * 9
    first, again, other = (mutate(data, Random(seed), kind) for seed in (1, 1, 2))
    assert first == again
    assert first != other
