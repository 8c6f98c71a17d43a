from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.tagging import Tagging
from annotator.core.text.article import read_article
from annotator.storage.files.annotation_file import document_bytes, parse_document
from tests.core.walks import random_change

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ARTICLE = read_article((SEEDS / "corea-del-nord.txt").read_bytes(), "corea-del-nord.txt")
SEED = (SEEDS / "annotations" / "corea-del-nord.anna.yaml").read_bytes()
DOCUMENT = parse_document(SEED, "seed")


def written(tagging: Tagging) -> bytes:
    return document_bytes(replace(DOCUMENT, annotations=tagging.annotations()))


@settings(max_examples=50)
@given(st.data(), st.integers(1, 10))
def test_undoing_all_that_was_done_gives_the_same_bytes_and_redoing_it_too(
    data: st.DataObject, count: int
) -> None:
    tagging = Tagging(DOCUMENT.annotations)
    changes = []
    for _ in range(count):
        changes.append(random_change(data.draw, tagging, ARTICLE))
        tagging.apply(changes[-1])
    end = written(tagging)
    assert parse_document(end, "end").annotations == tagging.annotations()
    for change in reversed(changes):
        tagging.apply(change.inverse())
    assert written(tagging) == SEED
    for change in changes:
        tagging.apply(change)
    assert written(tagging) == end
