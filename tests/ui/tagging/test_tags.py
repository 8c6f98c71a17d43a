from __future__ import annotations

import pytest

from annotator.core.model import Kind, Unattributed
from tests.ui.hands import Hands

YONHAP = "La notizia è stata riportata dall'agenzia sudcoreana Yonhap"
KCNA = "citando la Korean Central News Agency (KCNA)"
TURN = "La dichiarazione ha segnato una svolta"
TROOPS = "avrebbe inviato truppe in Russia"


@pytest.mark.parametrize(("key", "kind"), [("1", Kind.CLAIM), ("2", Kind.QUOTE)])
def test_one_key_tags_the_selected_words(carla: Hands, key: str, kind: Kind) -> None:
    new = carla.tag(TURN, key)
    assert (new.kind, new.words) == (kind, TURN)
    assert carla.selected == new


@pytest.mark.parametrize(
    ("key", "source"),
    [
        ("K", "kcna"),
        ("Y", "yonhap"),
        ("R", "rbc"),
        ("I", "south-korean-intelligence"),
        ("N", "north-korea"),
    ],
)
def test_a_sources_own_key_tags_an_attribution_to_it(carla: Hands, key: str, source: str) -> None:
    new = carla.tag(YONHAP, key)
    assert (new.kind, new.source, new.words) == (Kind.ATTRIBUTION, source, YONHAP)
    assert carla.selected == new


def test_after_tagging_the_caret_stands_behind_the_words_and_nothing_is_selected(
    carla: Hands,
) -> None:
    new = carla.tag(TURN, "1")
    assert carla.app.page.selection == (new.end, new.end)


def test_with_no_words_selected_the_keys_retag_the_selected_tag(carla: Hands) -> None:
    new = carla.tag(TURN, "1")
    carla.press("2")
    assert carla.get(new.id).kind is Kind.QUOTE
    carla.press("1")
    assert carla.tags() == (new,)


def test_retagging_an_attribution_lets_its_source_and_content_go(anna: Hands) -> None:
    anna.go_to("a-x4e9rt")
    anna.press("1")
    claim = anna.get("a-x4e9rt")
    assert (claim.kind, claim.source, claim.content) == (Kind.CLAIM, None, ())


def test_a_sources_key_gives_the_selected_attribution_that_source(anna: Hands) -> None:
    anna.go_to("a-x4e9rt")
    anna.press("R")
    assert anna.get("a-x4e9rt").source == "rbc"
    assert anna.app.desk.stack.undoText() == "Change source"


def test_a_sources_key_with_nothing_to_give_it_to_says_what_is_missing(carla: Hands) -> None:
    carla.press("K")
    assert carla.tags() == ()
    assert carla.hint == "Select the words that name KCNA first."


def test_a_key_with_nothing_selected_says_what_is_missing(carla: Hands) -> None:
    for key in ("1", "2", "3", "U", "Del"):
        carla.app.talk.hint("")
        carla.press(key)
        assert carla.hint == "Select some words, or a tag (Tab goes to the next one)."
    assert carla.tags() == ()


@pytest.mark.parametrize("key", ["Del", "Backspace"])
def test_deleting_a_tag_takes_its_links_with_it(anna: Hands, key: str) -> None:
    anna.go_to("c-m2p7vg")
    anna.press(key)
    assert "c-m2p7vg" not in [tag.id for tag in anna.tags()]
    assert anna.get("a-x4e9rt").content == ()
    assert anna.selected is None
    anna.press("Ctrl+Z")
    assert anna.get("a-x4e9rt").content == ("c-m2p7vg",)
    assert anna.selected == anna.get("c-m2p7vg")


def test_u_goes_round_from_the_article_to_unknown_to_undecided(carla: Hands) -> None:
    new = carla.tag(TURN, "1")
    decisions = []
    for _ in range(4):
        carla.press("U")
        decisions.append(carla.get(new.id).unattributed)
    assert decisions == [Unattributed.ARTICLE, Unattributed.UNKNOWN, None, Unattributed.ARTICLE]


def test_an_attribution_cannot_be_unattributed(carla: Hands) -> None:
    new = carla.tag(YONHAP, "Y")
    carla.press("U")
    assert carla.get(new.id) == new
    assert carla.hint.startswith("An attribution cannot be unattributed")


# Linking is selection


def test_while_an_attribution_is_selected_new_claims_and_quotes_become_its_content(
    carla: Hands,
) -> None:
    says = carla.tag(KCNA, "K")
    assert carla.app.status_bar.destination.text() == "New tags go to → KCNA"
    claim = carla.tag(TROOPS, "1")
    quote = carla.tag('"voci infondate"', "2")
    assert carla.get(says.id).content == (claim.id, quote.id)
    assert carla.selected == carla.get(says.id)


def test_while_a_claim_is_selected_a_new_attribution_takes_it(carla: Hands) -> None:
    claim = carla.tag(TROOPS, "1")
    assert carla.app.status_bar.destination.text().startswith("A new attribution takes")
    says = carla.tag(KCNA, "K")
    assert says.content == (claim.id,)


def test_tag_and_link_are_one_undo_step(carla: Hands) -> None:
    says = carla.tag(KCNA, "K")
    carla.tag(TROOPS, "1")
    carla.press("Ctrl+Z")
    assert carla.tags() == (says,)
    carla.press("Ctrl+Shift+Z")
    assert len(carla.tags()) == 2
    assert len(carla.get(says.id).content) == 1


def test_esc_lets_go_of_the_attribution_and_the_next_tag_stands_alone(carla: Hands) -> None:
    says = carla.tag(KCNA, "K")
    carla.press("Esc")
    assert carla.selected is None
    assert carla.app.status_bar.destination.text() == ""
    carla.tag(TROOPS, "1")
    assert carla.get(says.id).content == ()


# Trimming


def test_blanks_and_stray_punctuation_are_left_out_and_undo_gives_the_raw_words_back(
    carla: Hands,
) -> None:
    raw = carla.select(f". {TURN}, ")
    carla.press("1")
    (new,) = carla.tags()
    assert new.words == TURN
    carla.press("Ctrl+Z")
    assert carla.tags() == ()
    assert carla.app.page.selection == raw


def test_quotation_marks_that_pair_up_stay(carla: Hands) -> None:
    assert carla.tag(' "voci infondate".', "2").words == '"voci infondate"'


def test_trimming_can_be_switched_off(carla: Hands) -> None:
    carla.app.settings.put("trim", False)
    assert carla.tag(f". {TURN}, ", "1").words == f". {TURN}, "


def test_blanks_alone_are_refused(carla: Hands) -> None:
    carla.select("\n\n")
    carla.press("1")
    assert carla.tags() == ()
    assert carla.hint.startswith("There are no words in the selection")


def test_words_are_tagged_by_the_mouse(carla: Hands) -> None:
    carla.drag("avrebbe inviato", "operazioni di combattimento")
    carla.press("1")
    (new,) = carla.tags()
    assert new.words == f"{TROOPS} per partecipare a operazioni di combattimento"
    assert (new.start, new.end) == (237, 315)
