"""The sample's two annotators, reviewed by keyboard alone in the real window."""

from __future__ import annotations

from collections import Counter

import pytest

from annotator.core.model import Status, Verdict
from annotator.storage.folder import Folder
from tests.e2e.by_keyboard import document_at
from tests.e2e.desktop import Desktop
from tests.e2e.review_by_keyboard import COMMENT, REASON, check, decided, review_by_keyboard


@pytest.mark.e2e
def test_keys_alone_lead_to_a_review_that_passes_the_check(screen: Desktop, folder: Folder) -> None:
    path = review_by_keyboard(screen, folder, "carla")
    checked, made = check(path), document_at(path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert (made.annotator, made.reviews, made.status) == ("carla", ("anna", "boris"), Status.DONE)
    assert decided(folder, made) == 23
    assert len(made.annotations) == 23  # one rejected, one that nobody had tagged
    assert [one.reason for one in made.decisions if one.verdict is Verdict.REJECTED] == [REASON]
    assert [(one.by, one.text) for one in made.comments] == [("carla", COMMENT)]
    verdicts = Counter(one.verdict for one in made.decisions)
    assert sum(verdicts.values()) == 40
    assert verdicts[Verdict.CHANGED] > 5
