from __future__ import annotations

from pathlib import Path

from annotator.core.model import Kind, Verdict
from annotator.review.compare.differences import Difference
from annotator.review.decide.state import ItemState
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.reviews import card, current, decisions, item, look_at, told

# Coming and going


def test_ctrl_r_opens_the_review_of_everybodys_tagging_and_goes_back(review: Hands) -> None:
    app = review.app
    assert app.reviewer.items.panel.title.text() == "Review: anna · boris"
    assert told(app) == "0 of 23 decided"
    assert review.file.name == "corea-del-nord.carla.review.yaml"
    assert app.reviewer.items.panel.isVisible()
    review.press("Ctrl+R")
    assert not app.desk.is_reviewing()
    assert not app.reviewer.items.panel.isVisible()
    assert review.file.name == "corea-del-nord.carla.yaml"
    assert app.inspector.isVisible()


def test_an_annotator_reviews_her_own_tagging_beside_the_others(anna: Hands) -> None:
    anna.press("Ctrl+R")
    assert anna.app.reviewer.items.names == ("anna", "boris")
    assert anna.file.name == "corea-del-nord.anna.review.yaml"


def test_what_was_just_tagged_is_reviewed_as_well(anna: Hands) -> None:
    anna.tag_alone("Notizia", "1")
    anna.press("Ctrl+R")
    assert item(anna, "Notizia").compared.has(Difference.ONLY)


def test_nobody_reviews_what_only_she_herself_has_tagged(begin: Begin, folder: Path) -> None:
    (folder / "annotations" / "corea-del-nord.boris.yaml").unlink()
    anna = begin(folder / "annotations" / "corea-del-nord.anna.yaml")
    anna.press("Ctrl+R")
    assert not anna.app.desk.is_reviewing()
    assert "Nobody but you has tagged corea-del-nord.txt yet" in anna.hint


def test_where_nobody_has_tagged_there_is_nothing_to_review(begin: Begin, folder: Path) -> None:
    (folder / "other.txt").write_text("Un articolo.\n", "utf-8")
    hands = begin(folder / "other.txt", "carla")
    hands.press("Ctrl+R")
    assert not hands.app.desk.is_reviewing()
    assert "there is nothing to review" in hands.bar


def test_a_colleagues_file_that_cannot_be_read_is_named_and_the_rest_is_reviewed(
    begin: Begin, folder: Path
) -> None:
    (folder / "annotations" / "corea-del-nord.dora.yaml").write_text("format: [\n", "utf-8")
    hands = begin(folder / "corea-del-nord.txt", "carla")
    hands.press("Ctrl+R")
    assert hands.app.reviewer.items.names == ("anna", "boris")
    assert "corea-del-nord.dora.yaml" in hands.bar


def test_a_review_that_lies_open_is_not_opened_twice(review: Hands) -> None:
    review.press("A")
    articles = review.app.article_list.list
    articles.entered_on.emit(articles.currentIndex())
    assert review.app.desk.editable
    assert told(review.app) == "1 of 23 decided"


def test_a_review_can_be_named_to_begin_with(begin: Begin, review: Hands) -> None:
    review.press("A")
    review.window.close()
    again = begin(review.file)
    assert again.app.desk.is_reviewing()
    assert again.file == review.file
    assert told(again.app) == "1 of 23 decided"


def test_the_next_article_is_reviewed_too(begin: Begin, folder: Path) -> None:
    (folder / "zz.txt").write_bytes((folder / "corea-del-nord.txt").read_bytes())
    for who in ("anna", "boris"):
        path = folder / "annotations" / f"corea-del-nord.{who}.yaml"
        text = path.read_text("utf-8").replace("corea-del-nord.txt", "zz.txt")
        (folder / "annotations" / f"zz.{who}.yaml").write_text(text, "utf-8")
    hands = begin(folder / "corea-del-nord.txt", "carla")
    hands.press("Ctrl+R", "Ctrl+PgDown")
    assert hands.file.name == "zz.carla.review.yaml"
    assert hands.app.desk.is_reviewing()


def test_an_article_that_nobody_has_tagged_is_open_for_tagging(begin: Begin, folder: Path) -> None:
    (folder / "zz.txt").write_text("Un articolo.\n", "utf-8")
    hands = begin(folder / "corea-del-nord.txt", "carla")
    hands.press("Ctrl+R", "Ctrl+PgDown")
    assert hands.file.name == "zz.carla.yaml"
    assert "open for tagging" in hands.hint


# The keys


def test_a_accepts_the_proposed_version_and_goes_on_to_the_next(review: Hands) -> None:
    first = current(review)
    review.press("A")
    (agreed,) = review.tags()
    assert agreed.words == first.proposed.annotation.words
    assert decisions(review)[first.proposed.address] is Verdict.ACCEPTED
    assert current(review) is not first
    assert told(review.app) == "1 of 23 decided"


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
    assert review.app.page.hasFocus()
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
    assert told(review.app) == "1 of 23 decided"


def test_a_reason_can_be_given_for_rejecting(review: Hands) -> None:
    entry = current(review)
    review.press("Shift+X")
    review.type("Not a claim.")
    review.press("Return")
    session = review.app.desk.session
    assert session is not None
    assert {one.reason for one in session.header.decisions} == {"Not a claim."}
    assert entry.state is ItemState.OPEN
    assert review.app.page.hasFocus()


def test_c_comments_on_a_version_and_the_thread_is_shown(review: Hands) -> None:
    entry = current(review)
    review.press("C")
    review.type("Why not the whole sentence?")
    review.press("Return")
    (comment,) = card(review).contents.thread
    assert (comment.by, comment.of) == ("carla", entry.proposed.address)
    assert comment.text == "Why not the whole sentence?"
    assert current(review).state is ItemState.OPEN
    review.press("A")
    assert told(review.app) == "1 of 23 decided"


def test_esc_leaves_a_comment_unwritten(review: Hands) -> None:
    review.press("C")
    review.type("Never mind")
    review.press("Esc")
    assert card(review).contents.thread == ()
    assert review.app.page.hasFocus()


def test_what_is_being_written_stays_with_its_item(review: Hands) -> None:
    entry = current(review)
    review.press("C")
    review.type("Why not the")
    other = review.app.reviewer.items.entries[4]
    review.app.reviewer.items.look_at(other.addresses[0])
    assert card(review).draft is None
    review.app.reviewer.items.look_at(entry.addresses[-1])
    review.app.page.setFocus()
    review.press("C")
    review.type(" whole sentence?")
    review.press("Return")
    (comment,) = card(review).contents.thread
    assert comment.text == "Why not the whole sentence?"


def test_another_question_begins_with_an_empty_line(review: Hands) -> None:
    review.press("C")
    review.type("Why not")
    review.app.page.setFocus()
    review.press("Shift+X")
    assert card(review).field.text() == ""


def test_letters_in_the_field_are_letters(review: Hands) -> None:
    review.press("C")
    review.type("axe 12")
    assert card(review).field.text() == "axe 12"
    assert review.tags() == ()
    assert told(review.app) == "0 of 23 decided"


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
    panel = review.app.reviewer.items.panel
    assert panel.lines.hasFocus()
    second = panel.listed[1]
    review.press("Down")
    assert current(review) == second
    assert review.app.page.caret == second.proposed.annotation.start
    review.press("A")
    assert [tag.words for tag in review.tags()] == [second.proposed.annotation.words]
    assert panel.lines.hasFocus()
    review.press("Esc")
    assert review.app.page.hasFocus()


def test_with_words_selected_the_ordinary_keys_tag_what_nobody_tagged(review: Hands) -> None:
    new = review.tag_alone("Notizia", "1")
    assert (new.kind, new.words) == (Kind.CLAIM, "Notizia")
    assert decisions(review) == {}


def test_outside_a_review_its_keys_do_nothing(carla: Hands) -> None:
    carla.press("A", "X", "Space")
    assert carla.tags() == ()
    assert not carla.app.actions["review.accept"].isEnabled()
