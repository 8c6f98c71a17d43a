"""A folder of one's own begins without sources; the names in its articles are offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.storage.files.source_file import parse_registry
from annotator.ui.sources.names_dialog import NamesDialog
from annotator.ui.sources.page import FROM_ARTICLES, SourcesPage
from tests.ui.conftest import Begin
from tests.ui.hands import Hands

FIRST = "Secondo la Reuters non piove. La Reuters ha detto che non è finita."
SECOND = "Secondo la Korean Central News Agency (KCNA) piove, e non è finita."


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Two articles and nothing else."""
    path = tmp_path / "own"
    path.mkdir()
    (path / "1.txt").write_text(FIRST, "utf-8")
    (path / "2.txt").write_text(SECOND, "utf-8")
    return path


@pytest.fixture
def dora(begin: Begin, own: Path) -> Hands:
    return begin(own, "dora")


def sources_page(hands: Hands) -> SourcesPage:
    hands.press("F9")
    page = hands.window.findChild(SourcesPage)
    assert page
    return page


def names_of(page: SourcesPage, qtbot: QtBot) -> NamesDialog:
    page.buttons[FROM_ARTICLES].click()
    dialog = page.findChild(NamesDialog)
    assert dialog
    qtbot.waitUntil(lambda: "Looking" not in dialog.sentence.text())
    return dialog


def listed(dialog: NamesDialog) -> list[list[str]]:
    return [[item.text(column) for column in range(4)] for item in dialog._items()]


def written(folder: Path) -> list[tuple[str, str | None]]:
    registry = parse_registry((folder / "sources.yaml").read_bytes(), "sources.yaml")
    return [(source.id, source.short) for source in registry.sources]


def test_no_source_is_there_at_the_beginning_and_none_is_written(dora: Hands, own: Path) -> None:
    assert dora.app.desk.registry.sources == ()
    dora.tag("piove", "1")
    dora.window.close()
    assert not (own / "sources.yaml").exists()


def test_the_page_of_sources_offers_the_names_of_all_articles(
    dora: Hands, own: Path, qtbot: QtBot
) -> None:
    dialog = names_of(sources_page(dora), qtbot)
    assert listed(dialog) == [
        ["Reuters", "", "2", "1"],
        ["Korean Central News Agency", "KCNA", "1", "1"],
    ]
    assert not dialog.add.isEnabled()
    dialog.reject()
    dora.window.close()
    assert not (own / "sources.yaml").exists()


def test_only_what_is_ticked_is_added_in_one_step(dora: Hands, own: Path, qtbot: QtBot) -> None:
    page = sources_page(dora)
    dialog = names_of(page, qtbot)
    for item in list(dialog._items()):
        item.setCheckState(0, Qt.CheckState.Checked)
    assert dialog.add.text() == "Add 2"
    dialog.add.click()
    assert [source.id for source in dora.app.desk.registry.sources] == ["reuters", "kcna"]
    page.buttons["Undo"].click()
    assert dora.app.desk.registry.sources == ()
    page.close()
    dora.turn_to()
    dora.press("Ctrl+Y")
    dora.window.close()
    assert written(own) == [("reuters", None), ("kcna", "KCNA")]


def test_known_sources_are_not_offered_again(dora: Hands, qtbot: QtBot) -> None:
    dora.select("Secondo la Reuters")
    dora.press("3", "Return")
    dialog = names_of(sources_page(dora), qtbot)
    assert [row[0] for row in listed(dialog)] == ["Korean Central News Agency"]
    dialog.reject()


def test_a_folder_that_cites_nobody_says_so(begin: Begin, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.txt").write_text("Piove.", "utf-8")
    dialog = names_of(sources_page(begin(tmp_path / "own", "dora")), qtbot)
    assert dialog.sentence.text().startswith("No further names")
    dialog.reject()


def test_the_picker_proposes_whoever_is_cited_in_the_words_as_a_new_source(
    dora: Hands, own: Path
) -> None:
    dora.select("Secondo la Reuters")
    dora.press("3", "Return")
    (tag,) = dora.tags()
    assert (tag.source, [span.exact for span in tag.mention]) == ("reuters", ["la Reuters"])
    dora.press("Ctrl+Z")
    assert dora.app.desk.registry.sources == ()


def test_the_picker_gives_a_new_source_its_short_name(begin: Begin, own: Path) -> None:
    hands = begin(own / "2.txt", "dora")
    hands.select("Secondo la Korean Central News Agency (KCNA)")
    hands.press("3", "Return")
    (source,) = hands.app.desk.registry.sources
    assert (source.id, source.short) == ("kcna", "KCNA")
    (tag,) = hands.tags()
    assert [span.exact for span in tag.mention] == ["la Korean Central News Agency (KCNA)"]


def test_esc_in_the_picker_keeps_nothing(dora: Hands) -> None:
    dora.select("Secondo la Reuters")
    dora.press("3", "Esc")
    assert (dora.tags(), dora.app.desk.registry.sources) == ((), ())
