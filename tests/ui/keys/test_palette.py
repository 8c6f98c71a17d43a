"""The command palette: everything there is to do, by a few letters of its name."""

from __future__ import annotations

import pytest

from annotator.core.model import Kind
from annotator.ui.keys.palette import ENTRY, Palette
from tests.ui.hands import Hands


@pytest.fixture
def palette(carla: Hands) -> Palette:
    return carla.app.palette.panel


def offered(palette: Palette) -> list[str]:
    model = palette.list.model()
    return [model.index(row, 0).data(ENTRY).words for row in range(model.rowCount())]


def test_a_command_is_found_by_the_beginnings_of_its_words_and_done(
    carla: Hands, palette: Palette
) -> None:
    carla.select("la Corea del Nord ha confermato")
    carla.press("Ctrl+Shift+P")
    carla.type("clai")
    assert offered(palette)[0] == "Claim"
    carla.press("Return")
    assert [one.kind for one in carla.tags()] == [Kind.CLAIM]
    assert not palette.isVisible()


def test_a_source_is_found_by_any_of_its_names(carla: Hands, palette: Palette) -> None:
    carla.select("citando la Korean Central News Agency")
    carla.press("Ctrl+Shift+P")
    carla.type("조선중앙통신")
    assert offered(palette) == ["Attribution to KCNA"]
    carla.press("Return")
    assert [one.source for one in carla.tags()] == ["kcna"]


def test_commands_are_found_by_the_menu_in_which_they_stand(carla: Hands, palette: Palette) -> None:
    carla.press("Ctrl+Shift+P")
    carla.type("boundaries")
    assert "End a word to the right" in offered(palette)


def test_what_cannot_be_done_now_is_shown_and_stays_without_effect(
    carla: Hands, palette: Palette
) -> None:
    carla.press("Ctrl+Shift+P")
    carla.type("undo")
    assert offered(palette)[0] == "Undo"
    carla.press("Return")
    assert palette.isVisible()
    carla.press("Esc")


def test_what_was_used_last_comes_first_among_its_equals(carla: Hands, palette: Palette) -> None:
    carla.press("Ctrl+Shift+P")
    carla.type("normal")
    carla.press("Return", "Ctrl+Shift+P")
    assert offered(palette)[0] == "Normal size"
    carla.press("Esc")


def test_where_nothing_is_called_so_the_palette_says_it(carla: Hands, palette: Palette) -> None:
    carla.press("Ctrl+Shift+P")
    carla.type("xyzzy")
    assert offered(palette) == ["Nothing here is called so."]
    carla.press("Return")
    assert palette.isVisible()
    carla.press("Esc")
