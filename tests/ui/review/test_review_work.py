from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.cli import program
from annotator.core.model import Document
from annotator.review.compare.differences import Difference
from annotator.review.decide.state import ItemState
from annotator.review.decide.worklist import Entry
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.ui.tagging import announcements
from tests.ui.conftest import Begin
from tests.ui.hands import LEFT, Hands
from tests.ui.reviews import card, current, decisions, item, look_at, told

# Undo, and all at once


def test_undo_takes_a_decision_back_and_looks_at_it_again(review: Hands) -> None:
    first = current(review)
    review.press("A")
    review.press("Ctrl+Z")
    assert review.tags() == ()
    assert decisions(review) == {}
    assert current(review).addresses == first.addresses
    assert current(review).state is ItemState.OPEN
    review.press("Ctrl+Y")
    assert len(review.tags()) == 1


def test_all_that_agree_are_accepted_in_one_step(review: Hands) -> None:
    agreed = [one for one in review.app.reviewer.items.entries if one.compared.agreed]
    review.app.actions["review.accept-agreed"].trigger()
    assert len(review.tags()) == len(agreed) > 1
    assert told(review.app) == f"{len(agreed)} of 23 decided"
    review.press("Ctrl+Z")
    assert review.tags() == ()


@pytest.mark.parametrize("which", ["longer", "shorter"])
def test_trivial_boundaries_are_accepted_in_one_step(which: str, review: Hands) -> None:
    def width(entry: Entry) -> int:
        spans = [one.annotation.spans for one in entry.item.versions]
        lengths = [sum(span.end - span.start for span in one) for one in spans]
        return max(lengths) if which == "longer" else min(lengths)

    entries = review.app.reviewer.items.entries
    only = (Difference.TRIVIAL_BOUNDARY,)
    trivial = [e for e in entries if tuple(f.difference for f in e.compared.findings) == only]
    review.app.actions[f"review.accept-{which}"].trigger()
    lengths = [sum(span.end - span.start for span in tag.spans) for tag in review.tags()]
    assert lengths == [width(entry) for entry in trivial]
    assert lengths
    review.press("Ctrl+Z")
    assert review.tags() == ()


def test_what_is_decided_can_be_opened_again(review: Hands) -> None:
    entry = look_at(review, "Secondo la KCNA")
    review.press("A")
    review.app.reviewer.items.look_at(entry.addresses[0])
    review.app.actions["review.reopen"].trigger()
    assert current(review).state is ItemState.OPEN
    assert review.tags() == ()


# List, text and page


def test_a_click_on_a_colleagues_tag_looks_at_its_item_and_accepts_nothing(review: Hands) -> None:
    review.click("livello di alleanza", inside=4)
    assert "livello di alleanza" in current(review).proposed.annotation.words
    assert review.tags() == ()


def test_an_agreed_tag_that_is_clicked_shows_its_item(review: Hands) -> None:
    entry = look_at(review, "Secondo la KCNA")
    review.press("A", "Space")
    review.click("Secondo la KCNA", inside=4)
    assert current(review).addresses == entry.addresses
    assert current(review).state is ItemState.DECIDED


def test_layers_show_what_is_open_only(review: Hands) -> None:
    page = review.app.page
    entry = look_at(review, "Secondo la KCNA")
    start, end = entry.item.start, entry.item.end
    (mark,) = (m for m in page.shown.layers.between(start, end) if m.label == "1 2")
    assert mark.annotation.words == "Secondo la KCNA"
    review.press("A")
    assert page.shown.layers.between(start, end) == []


def test_the_list_is_narrowed_by_state_type_annotator_and_source(review: Hands) -> None:
    panel = review.app.reviewer.items.panel
    assert len(panel.listed) == 23
    panel.difference.setCurrentIndex(panel.difference.findData(Difference.KIND))
    assert panel.listed
    assert all(one.compared.has(Difference.KIND) for one in panel.listed)
    assert current(review) == panel.listed[0]
    panel.difference.setCurrentIndex(0)
    panel.source.setCurrentIndex(panel.source.findData("rbc"))
    assert panel.listed
    assert all("rbc" in one.sources for one in panel.listed)
    panel.source.setCurrentIndex(0)
    panel.annotator.setCurrentIndex(panel.annotator.findData("boris"))
    assert len(panel.listed) == 17
    panel.annotator.setCurrentIndex(0)
    review.press("A")
    assert len(panel.listed) == 22
    panel.open_only.setCurrentIndex(1)
    assert len(panel.listed) == 23


def test_an_annotators_layer_can_be_hidden(review: Hands) -> None:
    boxes = review.app.article_list.annotators.boxes
    assert [box.isChecked() for box in boxes.values()] == [True, True]
    QTest.mouseClick(boxes["boris"], LEFT, pos=boxes["boris"].rect().center() * 0.1)
    marks = review.app.page.shown.layers.between(0, 2000)
    assert {mark.label for mark in marks} == {"1"}


def test_the_lists_below_show_the_agreed_annotations(review: Hands) -> None:
    entry = look_at(review, "Secondo la KCNA")
    review.press("A", "Alt+2")
    assert review.app.all_tags.isVisible()
    review.press("F6")
    review.app.reviewer.items.look_at(entry.addresses[0])
    review.press("Return")
    assert review.app.inspector.isVisible()
    assert review.window.tabs.tabText(review.window.tabs.currentIndex()) == "Tag"
    review.type("Sure?")
    review.press("Esc")
    (agreed,) = review.tags()
    assert agreed.note == "Sure?"


def test_after_a_review_the_inspector_stands_where_it_stood(review: Hands) -> None:
    review.press("Ctrl+R")
    window = review.window
    assert window.inspector_side.indexOf(review.app.inspector) == 0
    assert [window.tabs.tabText(n) for n in range(2)] == ["Who says what", "All tags"]


def test_screen_readers_hear_the_item_that_is_looked_at(
    review: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(announcements, "post", lambda _, words: heard.append(words))
    look_at(review, "falsi statunitensi")
    assert heard[0] == 'open: quote, "falsi statunitensi"; quotation marks only'


# On the disk


def test_each_decision_is_saved_at_once(review: Hands, qtbot: QtBot) -> None:
    review.press("A")
    qtbot.waitUntil(lambda: review.is_saved)
    assert len(review.on_disk().annotations) == 1
    review.press("X", "A", "2")
    qtbot.waitUntil(lambda: review.is_saved)
    assert len({one.of for one in review.on_disk().decisions}) == len(decisions(review))


def test_what_is_undone_is_saved_at_once_as_well(review: Hands, qtbot: QtBot) -> None:
    review.press("A")
    qtbot.waitUntil(lambda: review.is_saved)
    review.press("Ctrl+Z")
    qtbot.waitUntil(lambda: review.is_saved)
    assert review.on_disk().decisions == ()


def test_the_review_goes_on_where_it_was_left(begin: Begin, review: Hands) -> None:
    review.press("A", "X")
    review.window.close()
    again = begin(review.file.parent.parent / "corea-del-nord.txt", "carla")
    again.press("Ctrl+R")
    assert told(again.app) == "2 of 23 decided"


def test_a_review_that_is_done_passes_the_check(review: Hands, qtbot: QtBot) -> None:
    for _ in range(23):
        review.press("A")
    assert told(review.app) == "23 of 23 decided"
    assert review.hint == "Everything is decided; Ctrl+Enter marks it as done."
    qtbot.waitUntil(lambda: review.is_saved)
    checked = CliRunner().invoke(program, ["check", str(review.file)])
    assert checked.exit_code == 0, checked.output


def test_a_version_that_a_colleague_saves_meanwhile_is_shown_as_changed(
    review: Hands, qtbot: QtBot
) -> None:
    entry = look_at(review, "Secondo la KCNA")
    review.press("A")
    _save_otherwise(review.file.parent / "corea-del-nord.boris.yaml", "Secondo la KCNA")
    reviewing = review.app.reviewer.items
    qtbot.waitUntil(lambda: item(review, "Secondo la KCNA").state is ItemState.CHANGED)
    assert "1 item has changed since" in review.hint
    assert len(review.tags()) == 1
    reviewing.look_at(entry.addresses[0])
    assert "changed since" in card(review).contents.badges


def test_a_colleague_who_tags_meanwhile_joins_the_review(review: Hands, qtbot: QtBot) -> None:
    review.press("A")
    decided = decisions(review)
    path = review.file.parent / "corea-del-nord.boris.yaml"
    document = replace(parse_document(path.read_bytes(), path.name), annotator="dora")
    beside = path.with_suffix(".new")
    beside.write_bytes(document_bytes(document))
    beside.replace(path.with_name("corea-del-nord.dora.yaml"))
    qtbot.waitUntil(lambda: review.app.reviewer.items.names == ("anna", "boris", "dora"))
    panel = review.app.reviewer.items.panel
    told_her = "dora has tagged this article too. 1 item has changed since you decided."
    assert review.hint == told_her
    assert panel.title.text() == "Review: anna · boris · dora"
    assert panel.annotator.findData("dora") > 0
    assert "dora" in review.app.article_list.annotators.boxes
    assert decisions(review) == decided
    review.press("3")
    qtbot.waitUntil(lambda: review.is_saved)
    assert review.on_disk().reviews == ("anna", "boris", "dora")


def test_what_is_being_written_outlives_what_a_colleague_saves_meanwhile(
    review: Hands, qtbot: QtBot
) -> None:
    look_at(review, "La dichiarazione ha segnato")
    review.press("C")
    review.type("anna, why")
    before = card(review)
    _save_otherwise(review.file.parent / "corea-del-nord.boris.yaml", "Secondo la KCNA")
    qtbot.waitUntil(lambda: card(review) is not before)
    review.type(" here?")
    review.press("Return")
    (comment,) = card(review).contents.thread
    assert comment.text == "anna, why here?"


def test_decisions_on_what_a_colleague_has_deleted_since_can_be_forgotten(
    begin: Begin, review: Hands, qtbot: QtBot
) -> None:
    look_at(review, "La dichiarazione ha segnato")
    review.press("A")
    review.window.close()
    path = review.file.parent / "corea-del-nord.anna.yaml"
    document = parse_document(path.read_bytes(), path.name)
    kept = tuple(one for one in document.annotations if "ha segnato" not in one.words)
    path.write_bytes(document_bytes(replace(document, annotations=kept)))
    again = begin(review.file)
    assert again.bar.startswith("anna deleted a tag that you had decided on")
    again.offer("Forget these decisions")
    qtbot.waitUntil(lambda: not again.on_disk().decisions)
    assert len(again.tags()) == 1


def _save_otherwise(path: Path, words: str) -> None:
    """Write a file again, in which the tag of some words doubts what it passes on."""
    document: Document = parse_document(path.read_bytes(), path.name)
    changed = tuple(
        replace(one, source="yonhap") if words in one.words else one for one in document.annotations
    )
    beside = path.with_suffix(".new")
    beside.write_bytes(document_bytes(replace(document, annotations=changed)))
    beside.replace(path)


def test_a_colleague_whose_file_goes_meanwhile_leaves_the_decisions_as_they_are(
    review: Hands, qtbot: QtBot
) -> None:
    look_at(review, "Secondo la KCNA")
    review.press("A")
    made = decisions(review)
    (review.file.parent / "corea-del-nord.boris.yaml").unlink()
    qtbot.waitUntil(lambda: review.app.reviewer.items.names == ("anna",))
    assert decisions(review) == made
    assert len(review.app.reviewer.items.entries) == 23
    review.press("A")
    assert len(review.tags()) == 2


def test_a_review_that_another_window_has_open_can_be_read_and_says_why_not_more(
    begin: Begin, review: Hands
) -> None:
    review.press("A")
    second = begin(review.file)
    second.turn_to()
    assert told(second.app) == "1 of 23 decided"
    second.press("A")
    assert told(second.app) == "1 of 23 decided"
    assert "open" in second.hint
