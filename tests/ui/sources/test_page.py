"""The page of sources, as an editor keeps the registry with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.sources import Source
from annotator.storage.files.source_file import parse_registry
from annotator.ui.provenance.window import ProvenanceWindow
from annotator.ui.sources.page import SourcesPage
from annotator.ui.sources.renames import PlanList
from annotator.ui.widgets.key_button import KeyButton
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.looking import pixels_of


def page_of(hands: Hands, source_id: str = "kcna") -> SourcesPage:
    """The page, with a source chosen, all files counted."""
    hands.app.actions["go.sources"].trigger()
    QApplication.processEvents()
    page = hands.window.findChild(SourcesPage)
    assert page is not None
    page.list.go_to(source_id)
    return page


def source(hands: Hands, source_id: str) -> Source:
    return hands.app.desk.registry.by_id[source_id]


def in_file(folder: Path, source_id: str) -> Source:
    data = (folder / "sources.yaml").read_bytes()
    return parse_registry(data, "sources.yaml").by_id[source_id]


def choose_colour(page: SourcesPage, colour: str) -> None:
    row = page.form.colour.findText(colour)
    page.form.colour.setCurrentIndex(row)
    page.form.colour.activated.emit(row)


def test_a_colour_shows_on_the_button_and_the_chip_and_undo_takes_it_back(anna: Hands) -> None:
    page = page_of(anna)
    choose_colour(page, "violet")
    assert source(anna, "kcna").colour == "violet"
    shown = anna.app.page
    tags = [one for one in anna.tags() if one.source == "kcna"]
    colours = [shown.labels.chip_color(one, shown.theme) for one in tags]
    assert {colour.name() for colour in colours if colour} == {"#6a3fb5"}
    button = next(b for b in anna.app.strip.findChildren(KeyButton) if "KCNA" in b.text())
    assert button.sizeHint().width() > KeyButton(button.defaultAction()).sizeHint().width()
    page.buttons["Undo"].click()
    assert source(anna, "kcna").colour is None
    assert page.form.colour.value is None


def wears(widget: QWidget, colour: str) -> bool:
    image = pixels_of(widget).convertToFormat(QImage.Format.Format_ARGB32)
    return QColor(colour).rgba() in memoryview(image.constBits()).cast("B").cast("I")


def test_a_colour_shows_beside_the_name_in_who_says_what_and_in_the_picture(
    qtbot: QtBot, anna: Hands
) -> None:
    anna.press("Alt+5")
    picture = anna.window.findChild(ProvenanceWindow)
    assert picture is not None
    for shown in (anna.app.who_says_what, picture.view):
        assert not wears(shown, "#6a3fb5")
    choose_colour(page_of(anna), "violet")
    assert wears(anna.app.who_says_what, "#6a3fb5")
    qtbot.waitUntil(lambda: wears(picture.view, "#6a3fb5"))


def test_an_alias_may_be_of_one_language(anna: Hands, folder: Path) -> None:
    page = page_of(anna, "yonhap")
    page.form.aliases.setPlainText("Yonhap\nja: 聯合ニュース\nKO:  연합뉴스 \nja: 聯合ニュース")
    page.form.aliases.document().setModified(True)
    page.form.commit()
    yonhap = source(anna, "yonhap")
    assert yonhap.aliases == ("Yonhap",)
    assert yonhap.aliases_in == (("ja", ("聯合ニュース",)), ("ko", ("연합뉴스",)))
    assert page.form.aliases.toPlainText() == "Yonhap\nja: 聯合ニュース\nko: 연합뉴스"
    anna.app.saving.save()
    anna.app.saving.finish()
    assert in_file(folder, "yonhap") == yonhap


def test_a_new_source_is_named_at_once(carla: Hands) -> None:
    page = page_of(carla)
    page.buttons["Add"].click()
    assert QApplication.focusWidget() is page.form.name
    carla.type("TASS")
    page.form.name.editingFinished.emit()
    assert source(carla, "new-source").name == "TASS"


def test_what_cannot_be_is_said_below_the_table(anna: Hands) -> None:
    page = page_of(anna)
    page.form.key.setText("Y")
    page.form.commit()
    assert page.message.text() == "Y tags with Yonhap already."
    page.buttons["Delete"].click()
    assert "merge it into another one" in page.message.text()
    assert source(anna, "kcna").key == "k"


def test_a_folder_without_a_registry_gets_its_own_at_the_first_change(
    begin: Begin, folder: Path
) -> None:
    (folder / "sources.yaml").unlink()
    hands = begin(folder / "corea-del-nord.txt", "carla")
    assert not (folder / "sources.yaml").exists()
    page = page_of(hands)
    page.form.country.setText("kp")
    page.form.short.setText("Kcna")
    page.form.commit()
    hands.app.saving.save()
    hands.app.saving.finish()
    assert in_file(folder, "kcna").short == "Kcna"


def merging(qtbot: QtBot, page: SourcesPage, into: Source) -> PlanList:
    """The list of what merging the chosen source into another one changes."""
    page.buttons["Merge into…"].click()
    page.rename.picker.chosen.emit(into)
    qtbot.waitUntil(lambda: page.findChild(PlanList) is not None)
    listed = page.findChild(PlanList)
    assert listed is not None
    return listed


def test_merging_shows_the_files_changes_all_and_is_undone_in_one_step(
    anna: Hands, folder: Path, qtbot: QtBot
) -> None:
    boris = folder / "annotations" / "corea-del-nord.boris.yaml"
    before = boris.read_bytes()
    page = page_of(anna, "kcna")
    listed = merging(qtbot, page, source(anna, "yonhap"))
    rows = [listed.list.item(row).text() for row in range(listed.list.count())]
    assert any("boris" in row for row in rows)
    assert boris.read_bytes() == before
    listed.go.click()
    qtbot.waitUntil(lambda: "kcna" not in anna.app.desk.registry.by_id)
    assert b"source: kcna" not in boris.read_bytes()
    assert not [one for one in anna.tags() if one.source == "kcna"]
    page.buttons["Undo"].click()
    assert boris.read_bytes() == before
    assert source(anna, "kcna").name == "Korean Central News Agency"


def test_who_may_not_change_the_sources_reads_why_below_them(
    anna: Hands, begin: Begin, qtbot: QtBot
) -> None:
    page = page_of(begin(anna.file))
    qtbot.waitUntil(lambda: "read-only" in page.message.text())
    assert not page.buttons["Add"].isEnabled()
    page_of(anna)
    assert "read-only" not in anna.window.findChildren(SourcesPage)[0].message.text()


def test_that_earlier_versions_are_not_kept_is_told_with_the_merging_and_its_undo(
    anna: Hands, own_home: Path, qtbot: QtBot
) -> None:
    (own_home / "annotator").write_text("in the way", "utf-8")
    page = page_of(anna, "kcna")
    merging(qtbot, page, source(anna, "yonhap")).go.click()
    qtbot.waitUntil(lambda: "kcna" not in anna.app.desk.registry.by_id)
    assert anna.bar.startswith("Earlier versions of sources.yaml are not kept: ")
    anna.app.saving.finish()
    anna.app.message_bar.dismiss()
    page.buttons["Undo"].click()
    assert "kcna" in anna.app.desk.registry.by_id
    assert anna.bar.startswith("Earlier versions of sources.yaml are not kept: ")


def test_merging_is_refused_while_a_colleague_has_a_file_open(
    begin: Begin, folder: Path, qtbot: QtBot
) -> None:
    begin(folder / "annotations" / "corea-del-nord.boris.yaml")
    hands = begin(folder / "annotations" / "corea-del-nord.anna.yaml")
    listed = merging(qtbot, page_of(hands), source(hands, "yonhap"))
    assert "boris" in listed.obstacles.text()
    assert not listed.go.isEnabled()


@pytest.mark.parametrize("field", ["name", "short", "key", "type", "country", "colour", "aliases"])
def test_every_field_has_a_name(anna: Hands, field: str) -> None:
    assert getattr(page_of(anna).form, field).accessibleName()


def test_a_source_that_the_filter_hides_is_not_the_one_to_be_deleted(anna: Hands) -> None:
    page = page_of(anna)
    page.filter.setText("yon")
    assert page.form.name.text() == "Yonhap News Agency"


def test_the_arrow_down_goes_from_the_filter_into_the_list(anna: Hands) -> None:
    page = page_of(anna)
    page.filter.setFocus()
    anna.press("Down", "Down")
    assert page.list.hasFocus()
    assert page.form.name.text() == anna.app.desk.registry.sources[1].name
