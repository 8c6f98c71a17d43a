from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.cli import program
from annotator.core.model import Document, Kind, Verdict
from annotator.review.differences import Difference
from annotator.review.standing import State
from annotator.review.worklist import Entry
from annotator.storage.annotation_file import document_bytes, parse_document
from annotator.ui.panels.review_card import ReviewCard
from annotator.ui.window import Window
from tests.ui.conftest import Begin
from tests.ui.hands import LEFT, Hands


@pytest.fixture
def review(carla: Hands) -> Hands:
    """Carla reviews what anna and boris have tagged; the first item is open."""
    carla.press("Ctrl+R")
    assert carla.window.reviewing.on
    return carla


def current(hands: Hands) -> Entry:
    """The item that is looked at."""
    return hands.window.reviewing.entry


def card(hands: Hands) -> ReviewCard:
    found = hands.window.reviewing.panel.card
    assert found is not None
    return found


def item(hands: Hands, words: str) -> Entry:
    """The item about these words."""
    entries = hands.window.reviewing.entries
    return next(one for one in entries if words in one.proposed.annotation.words)


def look_at(hands: Hands, words: str) -> Entry:
    """Go to the item about these words, as a click in the list does."""
    hands.window.reviewing.panel.picked.emit(item(hands, words).addresses[0])
    return current(hands)


def told(window: Window) -> str:
    return window.reviewing.panel.told.text()


def decisions(hands: Hands) -> dict[str, Verdict]:
    session = hands.window.desk.session
    assert session is not None
    return {one.of: one.verdict for one in session.header.decisions}


# Coming and going


def test_ctrl_r_opens_the_review_of_everybodys_tagging_and_goes_back(review: Hands) -> None:
    window = review.window
    assert window.reviewing.panel.title.text() == "Review: anna · boris"
    assert told(window) == "0 of 23 decided"
    assert review.file.name == "corea-del-nord.carla.review.yaml"
    assert window.reviewing.panel.isVisible()
    review.press("Ctrl+R")
    assert not window.reviewing.on
    assert not window.reviewing.panel.isVisible()
    assert review.file.name == "corea-del-nord.carla.yaml"
    assert window.inspector.isVisible()


def test_an_annotator_reviews_her_own_tagging_beside_the_others(anna: Hands) -> None:
    anna.press("Ctrl+R")
    assert anna.window.reviewing.names == ("anna", "boris")
    assert anna.file.name == "corea-del-nord.anna.review.yaml"


def test_what_was_just_tagged_is_reviewed_as_well(anna: Hands) -> None:
    anna.tag_alone("Notizia", "1")
    anna.press("Ctrl+R")
    assert item(anna, "Notizia").compared.has(Difference.ONLY)


def test_nobody_reviews_what_only_she_herself_has_tagged(begin: Begin, folder: Path) -> None:
    (folder / "annotations" / "corea-del-nord.boris.yaml").unlink()
    anna = begin(folder / "annotations" / "corea-del-nord.anna.yaml")
    anna.press("Ctrl+R")
    assert not anna.window.reviewing.on
    assert "Nobody but you has tagged corea-del-nord.txt yet" in anna.hint


def test_where_nobody_has_tagged_there_is_nothing_to_review(begin: Begin, folder: Path) -> None:
    (folder / "other.txt").write_text("Un articolo.\n", "utf-8")
    hands = begin(folder / "other.txt", "carla")
    hands.press("Ctrl+R")
    assert not hands.window.reviewing.on
    assert "there is nothing to review" in hands.bar


def test_a_colleagues_file_that_cannot_be_read_is_named_and_the_rest_is_reviewed(
    begin: Begin, folder: Path
) -> None:
    (folder / "annotations" / "corea-del-nord.dora.yaml").write_text("format: [\n", "utf-8")
    hands = begin(folder / "corea-del-nord.txt", "carla")
    hands.press("Ctrl+R")
    assert hands.window.reviewing.names == ("anna", "boris")
    assert "corea-del-nord.dora.yaml" in hands.bar


def test_a_review_that_lies_open_is_not_opened_twice(review: Hands) -> None:
    review.press("A")
    articles = review.window.articles_side.list
    articles.entered_on.emit(articles.currentIndex())
    assert review.window.desk.editable
    assert told(review.window) == "1 of 23 decided"


def test_a_review_can_be_named_to_begin_with(begin: Begin, review: Hands) -> None:
    review.press("A")
    review.window.close()
    again = begin(review.file)
    assert again.window.reviewing.on
    assert again.file == review.file
    assert told(again.window) == "1 of 23 decided"


def test_the_next_article_is_reviewed_too(begin: Begin, folder: Path) -> None:
    (folder / "zz.txt").write_bytes((folder / "corea-del-nord.txt").read_bytes())
    for who in ("anna", "boris"):
        path = folder / "annotations" / f"corea-del-nord.{who}.yaml"
        text = path.read_text("utf-8").replace("corea-del-nord.txt", "zz.txt")
        (folder / "annotations" / f"zz.{who}.yaml").write_text(text, "utf-8")
    hands = begin(folder / "corea-del-nord.txt", "carla")
    hands.press("Ctrl+R", "Ctrl+PgDown")
    assert hands.file.name == "zz.carla.review.yaml"
    assert hands.window.reviewing.on


# The keys


def test_a_accepts_the_proposed_version_and_goes_on_to_the_next(review: Hands) -> None:
    first = current(review)
    review.press("A")
    (agreed,) = review.tags()
    assert agreed.words == first.proposed.annotation.words
    assert decisions(review)[first.proposed.address] is Verdict.ACCEPTED
    assert current(review) is not first
    assert told(review.window) == "1 of 23 decided"


def test_a_digit_takes_that_annotators_version(review: Hands) -> None:
    entry = look_at(review, "avrebbe inviato truppe")
    (boris,) = (one for one in entry.item.versions if one.annotator == "boris")
    review.press("2")
    assert [tag.words for tag in review.tags()] == [boris.annotation.words]
    made = decisions(review)
    assert made[boris.address] is Verdict.ACCEPTED
    assert [made[one.address] for one in entry.item.versions] == [
        Verdict.CHANGED,
        Verdict.ACCEPTED,
    ]


def test_a_version_that_is_not_there_cannot_be_taken(review: Hands) -> None:
    look_at(review, "La dichiarazione ha segnato")
    review.press("2")
    assert review.hint == "boris has not tagged this."
    review.press("7")
    assert review.hint == "There are 2 annotators here."
    assert review.tags() == ()


def test_e_accepts_and_goes_on_in_the_text(review: Hands) -> None:
    entry = look_at(review, "avrebbe inviato truppe")
    review.press("E")
    assert review.selected is not None
    assert review.selected.words == entry.proposed.annotation.words
    assert review.window.page.hasFocus()
    review.press("Alt+Left")
    assert review.selected.end < entry.proposed.annotation.end
    assert current(review).addresses == entry.addresses


def test_a_on_what_was_edited_goes_on_and_keeps_the_edit(review: Hands) -> None:
    entry = look_at(review, "avrebbe inviato truppe")
    review.press("E", "Alt+Left")
    assert review.selected is not None
    edited = review.selected
    review.press("A")
    assert review.get(edited.id) == edited
    assert current(review).addresses != entry.addresses
    assert set(decisions(review).values()) == {Verdict.CHANGED}


def test_x_rejects_all_versions(review: Hands) -> None:
    entry = current(review)
    review.press("X")
    assert review.tags() == ()
    assert {decisions(review)[one] for one in entry.addresses} == {Verdict.REJECTED}
    assert told(review.window) == "1 of 23 decided"


def test_a_reason_can_be_given_for_rejecting(review: Hands) -> None:
    entry = current(review)
    review.press("Shift+X")
    review.type("Not a claim.")
    review.press("Return")
    session = review.window.desk.session
    assert session is not None
    assert {one.reason for one in session.header.decisions} == {"Not a claim."}
    assert entry.state is State.OPEN
    assert review.window.page.hasFocus()


def test_c_comments_on_a_version_and_the_thread_is_shown(review: Hands) -> None:
    entry = current(review)
    review.press("C")
    review.type("Why not the whole sentence?")
    review.press("Return")
    (comment,) = card(review).contents.thread
    assert (comment.by, comment.of) == ("carla", entry.proposed.address)
    assert comment.text == "Why not the whole sentence?"
    assert current(review).state is State.OPEN
    review.press("A")
    assert told(review.window) == "1 of 23 decided"


def test_esc_leaves_a_comment_unwritten(review: Hands) -> None:
    review.press("C")
    review.type("Never mind")
    review.press("Esc")
    assert card(review).contents.thread == ()
    assert review.window.page.hasFocus()


def test_letters_in_the_field_are_letters(review: Hands) -> None:
    review.press("C")
    review.type("axe 12")
    assert card(review).field.text() == "axe 12"
    assert review.tags() == ()
    assert told(review.window) == "0 of 23 decided"


def test_space_goes_to_the_next_open_item_and_round(review: Hands) -> None:
    seen = []
    for _ in range(23):
        seen.append(current(review).addresses)
        review.press("Space")
    assert len(set(seen)) == 23
    assert current(review).addresses == seen[0]
    review.press("Shift+Space")
    assert current(review).addresses == seen[-1]


def test_the_keys_work_in_the_list_as_well(review: Hands) -> None:
    review.press("Alt+4")
    panel = review.window.reviewing.panel
    assert panel.lines.hasFocus()
    second = panel.listed[1]
    review.press("Down")
    assert current(review) == second
    assert review.window.page.caret == second.proposed.annotation.start
    review.press("A")
    assert [tag.words for tag in review.tags()] == [second.proposed.annotation.words]
    assert panel.lines.hasFocus()
    review.press("Esc")
    assert review.window.page.hasFocus()


def test_with_words_selected_the_ordinary_keys_tag_what_nobody_tagged(review: Hands) -> None:
    new = review.tag_alone("Notizia", "1")
    assert (new.kind, new.words) == (Kind.CLAIM, "Notizia")
    assert decisions(review) == {}


def test_outside_a_review_its_keys_do_nothing(carla: Hands) -> None:
    carla.press("A", "X", "Space")
    assert carla.tags() == ()
    assert not carla.window.actions_by_name["review.accept"].isEnabled()


# Undo, and all at once


def test_undo_takes_a_decision_back_and_looks_at_it_again(review: Hands) -> None:
    first = current(review)
    review.press("A")
    review.press("Ctrl+Z")
    assert review.tags() == ()
    assert decisions(review) == {}
    assert current(review).addresses == first.addresses
    assert current(review).state is State.OPEN
    review.press("Ctrl+Y")
    assert len(review.tags()) == 1


def test_all_that_agree_are_accepted_in_one_step(review: Hands) -> None:
    agreed = [one for one in review.window.reviewing.entries if one.compared.agreed]
    review.window.actions_by_name["review.accept-agreed"].trigger()
    assert len(review.tags()) == len(agreed) > 1
    assert told(review.window) == f"{len(agreed)} of 23 decided"
    review.press("Ctrl+Z")
    assert review.tags() == ()


@pytest.mark.parametrize("which", ["longer", "shorter"])
def test_trivial_boundaries_are_accepted_in_one_step(which: str, review: Hands) -> None:
    def width(entry: Entry) -> int:
        spans = [one.annotation.spans for one in entry.item.versions]
        lengths = [sum(span.end - span.start for span in one) for one in spans]
        return max(lengths) if which == "longer" else min(lengths)

    entries = review.window.reviewing.entries
    only = (Difference.TRIVIAL_BOUNDARY,)
    trivial = [e for e in entries if tuple(f.difference for f in e.compared.findings) == only]
    review.window.actions_by_name[f"review.accept-{which}"].trigger()
    lengths = [sum(span.end - span.start for span in tag.spans) for tag in review.tags()]
    assert lengths == [width(entry) for entry in trivial]
    assert lengths
    review.press("Ctrl+Z")
    assert review.tags() == ()


def test_what_is_decided_can_be_opened_again(review: Hands) -> None:
    entry = look_at(review, "Secondo la KCNA")
    review.press("A")
    review.window.reviewing.look_at(entry.addresses[0])
    review.window.actions_by_name["review.reopen"].trigger()
    assert current(review).state is State.OPEN
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
    assert current(review).state is State.DECIDED


def test_layers_show_what_is_open_only(review: Hands) -> None:
    page = review.window.page
    entry = look_at(review, "Secondo la KCNA")
    start, end = entry.item.start, entry.item.end
    (mark,) = (m for m in page._layers.between(start, end) if m.label == "1 2")
    assert mark.annotation.words == "Secondo la KCNA"
    review.press("A")
    assert page._layers.between(start, end) == []


def test_the_list_is_narrowed_by_state_type_annotator_and_source(review: Hands) -> None:
    panel = review.window.reviewing.panel
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
    boxes = review.window.articles_side.annotators.boxes
    assert [box.isChecked() for box in boxes.values()] == [True, True]
    QTest.mouseClick(boxes["boris"], LEFT, pos=boxes["boris"].rect().center() * 0.1)
    marks = review.window.page._layers.between(0, 2000)
    assert {mark.label for mark in marks} == {"1"}


def test_the_lists_below_show_the_agreed_annotations(review: Hands) -> None:
    look_at(review, "Secondo la KCNA")
    review.press("A")
    assert review.window.all_tags.isVisibleTo(review.window.tabs) is False
    review.press("Alt+2")
    assert review.window.all_tags.hasFocus() or review.window.all_tags.isVisible()
    assert len(review.tags()) == 1


# On the disk


def test_each_decision_is_saved_at_once(review: Hands, qtbot: QtBot) -> None:
    review.press("A")
    qtbot.waitUntil(lambda: review.is_saved)
    assert len(review.on_disk().annotations) == 1
    review.press("X", "A", "2")
    qtbot.waitUntil(lambda: review.is_saved)
    assert len({one.of for one in review.on_disk().decisions}) == len(decisions(review))


def test_the_review_goes_on_where_it_was_left(begin: Begin, review: Hands) -> None:
    review.press("A", "X")
    review.window.close()
    again = begin(review.file.parent.parent / "corea-del-nord.txt", "carla")
    again.press("Ctrl+R")
    assert told(again.window) == "2 of 23 decided"


def test_a_review_that_is_done_passes_the_check(review: Hands, qtbot: QtBot) -> None:
    for _ in range(23):
        review.press("A")
    assert told(review.window) == "23 of 23 decided"
    assert review.hint == "Everything is decided."
    qtbot.waitUntil(lambda: review.is_saved)
    checked = CliRunner().invoke(program, ["check", str(review.file)])
    assert checked.exit_code == 0, checked.output


def test_a_version_that_a_colleague_saves_meanwhile_is_shown_as_changed(
    review: Hands, qtbot: QtBot
) -> None:
    entry = look_at(review, "Secondo la KCNA")
    review.press("A")
    _save_otherwise(review.file.parent / "corea-del-nord.boris.yaml", "Secondo la KCNA")
    reviewing = review.window.reviewing
    qtbot.waitUntil(lambda: item(review, "Secondo la KCNA").state is State.CHANGED)
    assert "1 item has changed since" in review.hint
    assert len(review.tags()) == 1
    reviewing.look_at(entry.addresses[0])
    assert "changed since" in card(review).contents.badges


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
