from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core.model import Kind
from annotator.ui.tagging.source_picker import SourcePicker
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.tagging.test_tags import KCNA, TROOPS, TURN, YONHAP


@pytest.fixture
def picker(carla: Hands) -> SourcePicker:
    return carla.app.prompt.panel


def chosen(picker: SourcePicker) -> str:
    return str(picker.list.currentIndex().data(Qt.ItemDataRole.DisplayRole))


def test_3_asks_for_the_source_at_the_words(carla: Hands, picker: SourcePicker) -> None:
    start, end = carla.select(TURN)
    carla.press("3")
    assert QApplication.activePopupWidget() is picker
    assert picker.field.hasFocus()
    page, box = carla.app.page, picker.frameGeometry()
    beneath, top = page.below(end - 1).y(), page.below(start).y() - page.cursorRect().height()
    # Below the words, or where a tall line leaves no room there, above them.
    assert 0 <= box.top() - beneath < 10 or 0 <= top - box.bottom() < 20
    assert carla.tags() == ()


def test_the_source_whose_alias_stands_in_the_words_is_chosen_already(
    carla: Hands, picker: SourcePicker
) -> None:
    for words, label in ((KCNA, "KCNA"), (YONHAP, "Yonhap"), ("Secondo la KCNA", "KCNA")):
        carla.select(words)
        carla.press("3")
        assert chosen(picker).startswith(label)
        carla.press("Esc")


def test_enter_accepts_it(carla: Hands, picker: SourcePicker) -> None:
    carla.select(YONHAP)
    carla.press("3", "Return")
    (new,) = carla.tags()
    assert (new.kind, new.source, new.words) == (Kind.ATTRIBUTION, "yonhap", YONHAP)
    assert carla.selected == new
    assert not picker.isVisible()
    assert carla.app.page.hasFocus()


@pytest.mark.parametrize(
    ("typed", "source"),
    [("조선", "kcna"), ("рбк", "rbc"), ("yon", "yonhap"), ("kim", "kim-jong-gyu"), ("regno", None)],
)
def test_typing_finds_a_source_by_any_of_its_names(
    carla: Hands, picker: SourcePicker, typed: str, source: str | None
) -> None:
    carla.select(TURN)
    carla.press("3")
    carla.type(typed)
    assert picker.field.text() == typed
    if source is None:
        assert chosen(picker) == f"New source “{typed}”"
    else:
        carla.press("Return")
        assert [tag.source for tag in carla.tags()] == [source]


def test_the_arrows_choose_another_one(carla: Hands, picker: SourcePicker) -> None:
    carla.select(KCNA)
    carla.press("3", "Down")
    assert not chosen(picker).startswith("KCNA")
    carla.press("Up")
    assert chosen(picker).startswith("KCNA")


def test_esc_leaves_all_as_it_was(carla: Hands, picker: SourcePicker) -> None:
    carla.select(YONHAP)
    carla.press("3")
    carla.type("k")
    carla.press("Esc")
    assert not picker.isVisible()
    assert carla.tags() == ()
    assert carla.words == YONHAP
    assert carla.app.page.hasFocus()


def test_an_unknown_name_becomes_a_new_source_in_the_registry(carla: Hands, qtbot: QtBot) -> None:
    carla.select("Mosca")
    carla.press("3")
    carla.type("Kommersant")
    carla.press("Return")
    (new,) = carla.tags()
    assert new.source == "kommersant"
    assert carla.app.desk.registry.by_id["kommersant"].name == "Kommersant"
    carla.press("Ctrl+S")
    qtbot.waitUntil(lambda: carla.is_saved)
    assert "Kommersant" in carla.sources_on_disk()


def test_one_undo_takes_back_the_tag_and_its_new_source(carla: Hands) -> None:
    known = carla.app.desk.registry
    carla.select("Mosca")
    carla.press("3")
    carla.type("Kommersant")
    carla.press("Return", "Ctrl+Z")
    assert carla.tags() == ()
    assert carla.app.desk.registry == known
    carla.press("Ctrl+Y")
    assert carla.tags()[0].source == "kommersant"
    assert "kommersant" in carla.app.desk.registry.by_id


def test_with_no_words_selected_3_asks_for_the_selected_attributions_source(
    anna: Hands,
) -> None:
    anna.go_to("a-x4e9rt")
    anna.press("3")
    assert chosen(anna.app.prompt.panel).startswith("KCNA")
    anna.type("yonhap")
    anna.press("Return")
    assert anna.get("a-x4e9rt").source == "yonhap"
    assert anna.get("a-x4e9rt").content == ("c-m2p7vg",)


def test_with_a_claim_selected_3_makes_it_an_attribution(carla: Hands) -> None:
    new = carla.tag(TROOPS, "1")
    carla.press("3")
    carla.type("rbc")
    carla.press("Return")
    changed = carla.get(new.id)
    assert (changed.kind, changed.source) == (Kind.ATTRIBUTION, "rbc")


def test_letters_typed_into_the_picker_are_no_commands(carla: Hands, picker: SourcePicker) -> None:
    carla.select(YONHAP)
    carla.press("3")
    carla.type("1k u?")
    assert picker.field.text() == "1k u?"
    assert carla.tags() == ()


def test_the_last_source_comes_first_where_the_words_name_none(
    carla: Hands, picker: SourcePicker
) -> None:
    carla.select(TURN)
    carla.press("3")
    carla.type("rbc")
    carla.press("Return", "Esc")
    carla.select(TROOPS)
    carla.press("3")
    assert chosen(picker).startswith("RBC")


def test_a_read_only_window_does_not_even_ask(begin: Begin, anna: Hands) -> None:
    second = begin(anna.file)
    second.go_to("a-x4e9rt")
    second.press("3")
    assert not second.app.prompt.panel.isVisible()
    assert "read-only" in second.hint
