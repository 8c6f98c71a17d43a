"""A review from its first decision to a file that a check accepts, and back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotator.core import edits
from annotator.core.change import Change
from annotator.core.model import Status, Verdict
from annotator.core.sources import Registry
from annotator.review.decide.decisions import (
    ItemState,
    Which,
    accept,
    accept_all,
    comment,
    follow,
    question,
    reject,
    state_of,
)
from annotator.review.decide.review import Review, Reviewed
from annotator.review.decide.state import progress
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.folder import Folder, Stage
from annotator.storage.opening import open_review, open_session
from annotator.storage.session import Session
from tests.checked import check_file


@pytest.fixture
def folder(seeds: Path, tmp_path: Path) -> Folder:
    """A copy of the seed folder."""
    shutil.copytree(seeds, tmp_path / "seeds")
    return Folder(tmp_path / "seeds")


class Carla:
    """Carla at her desk: the open review, and what it is of."""

    def __init__(self, folder: Folder) -> None:
        opened = open_review(folder, folder.articles()[0], "carla", Registry())
        assert opened.colleagues
        self.reports = opened.reports
        self.session: Session = opened.session
        self.reviewed = Reviewed.of(opened.colleagues)

    @property
    def review(self) -> Review:
        return Review(self.session.tagging, self.session.header, self.reviewed)

    def decide_everything(self) -> None:
        compared = self.reviewed.compared(self.session.registry)
        self.session.do(accept_all(self.review, compared, Which.AGREED))
        self.session.do(accept_all(self.review, compared, Which.LONGER))
        for item in self.reviewed.items:
            if state_of(self.review, item) is ItemState.OPEN:
                self.session.do(accept(self.review, item, item.versions[0], "see the guide"))


def test_a_whole_review_is_a_file_that_a_check_accepts(folder: Folder) -> None:
    carla = Carla(folder)
    carla.decide_everything()
    carla.session.do(comment(carla.review, "anna#c-n0v4kb", "carla", "Thousands?"))
    carla.session.do(edits.set_status(Status.IN_PROGRESS, Status.DONE))
    assert progress(carla.review) == {ItemState.DECIDED: len(carla.reviewed.items)}
    carla.session.close()
    path = carla.session.path
    assert path.name == "corea-del-nord.carla.review.yaml"
    assert check_file(path, with_problems=False) == []
    on_disk = parse_document(path.read_bytes(), path.name)
    assert on_disk == carla.session.document()
    assert len(on_disk.decisions) == 23 + 17
    assert folder.state(folder.articles()[0], "anna").stage is Stage.REVIEWED


def test_a_review_goes_on_where_it_was_left_and_comes_back_after_a_crash(folder: Folder) -> None:
    carla = Carla(folder)
    first, second, third = carla.reviewed.items[:3]
    carla.session.do(accept(carla.review, first, first.versions[0]))
    carla.session.close()
    carla = Carla(folder)
    carla.session.do(reject(carla.review, second, "no claim"))
    carla.session.do(question(carla.review, third, "whose?"))
    carla.session.abandon()
    carla = Carla(folder)
    assert carla.reports[0].endswith("not saved last time came back.")
    states = [state_of(carla.review, item) for item in (first, second, third)]
    assert states == [ItemState.DECIDED, ItemState.DECIDED, ItemState.QUESTION]
    carla.session.close()


def test_undoing_all_decisions_gives_the_same_bytes(folder: Folder) -> None:
    carla = Carla(folder)
    first = carla.reviewed.items[0]
    carla.session.do(accept(carla.review, first, first.versions[0]))
    carla.session.save()
    before = carla.session.path.read_bytes()
    done: list[Change] = []
    carla.session.changed.append(done.append)
    carla.decide_everything()
    agreed = carla.session.tagging.annotations()[0]
    carla.session.do(follow(edits.delete(carla.session.tagging, [agreed]), carla.review))
    carla.session.save()
    for change in reversed(done):
        carla.session.do(change.inverse())
    carla.session.close()
    assert carla.session.path.read_bytes() == before


def test_what_a_colleague_saves_meanwhile_is_what_has_changed_since(folder: Folder) -> None:
    carla = Carla(folder)
    carla.decide_everything()
    carla.session.save()
    anna = open_session(folder, folder.articles()[0], "anna", Registry()).session
    claim = anna.tagging.get("c-8r3tdw")
    assert claim
    anna.do(edits.set_spans(claim, [anna.article.span(237, 300)]))
    anna.close()
    carla.session.close()
    carla = Carla(folder)
    changed = [i for i in carla.reviewed.items if state_of(carla.review, i) is ItemState.CHANGED]
    assert [item.of("anna") for item in changed] == [anna.tagging.get("c-8r3tdw")]
    assert carla.review.decision("anna#c-8r3tdw").verdict is Verdict.ACCEPTED  # type: ignore[union-attr]
    carla.session.close()
