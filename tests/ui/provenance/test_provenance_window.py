from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from annotator.core.chains.provenance import ARTICLE, Fold, Key, Shape
from annotator.core.errors import StorageError
from annotator.core.model import Kind
from annotator.ui import theme
from annotator.ui.exchange.output_place import OutputPlace
from annotator.ui.provenance.items import NodeItem
from annotator.ui.provenance.window import ProvenanceWindow
from tests.ui.hands import LEFT, Hands
from tests.ui.looking import pixels_of

KCNA = Key(Shape.SOURCE, "kcna")
TROOPS = Key(Shape.CLAIM, "c-8r3tdw")
SVG = "{http://www.w3.org/2000/svg}"


def picture_of(hands: Hands) -> ProvenanceWindow:
    """The picture, opened by its key."""
    hands.press("Alt+5")
    shown = hands.window.findChild(ProvenanceWindow)
    assert shown is not None
    assert shown.isActiveWindow()
    return shown


def item(shown: ProvenanceWindow, key: Key) -> NodeItem:
    (found,) = (one for one in shown.view.drawing.nodes if one.node.key == key)
    return found


def place(shown: ProvenanceWindow, key: Key) -> QPoint:
    found = item(shown, key)
    return shown.view.mapFromScene(found.boundingRect().center())


def click(shown: ProvenanceWindow, key: Key) -> None:
    QTest.mouseClick(shown.view.viewport(), LEFT, pos=place(shown, key))


def press(shown: ProvenanceWindow, label: str) -> None:
    (button,) = (one for one in shown.findChildren(QPushButton) if one.text() == label)
    QTest.mouseClick(button, LEFT)


def lit(shown: ProvenanceWindow) -> set[str]:
    return {one.node.label for one in shown.view.drawing.nodes if one.lit}


def test_the_key_opens_the_picture_of_the_article_beside_the_text(anna: Hands) -> None:
    shown = picture_of(anna)
    assert not shown.isModal()
    assert item(shown, KCNA).node.label == "KCNA"
    assert shown.view.hasFocus()


def test_the_key_brings_the_same_picture_back(anna: Hands) -> None:
    shown = picture_of(anna)
    anna.turn_to()
    assert picture_of(anna) is shown


def test_esc_closes_the_picture(anna: Hands) -> None:
    shown = picture_of(anna)
    anna.press("Esc")
    assert not shown.isVisible()


def test_the_selected_claim_lights_up_its_way_to_the_article(anna: Hands) -> None:
    anna.go_to("c-8r3tdw")
    shown = picture_of(anna)
    claim = item(shown, TROOPS)
    assert claim.current
    assert lit(shown) == {claim.node.label, "North Korea", "KCNA", "Yonhap", "this article"}
    assert sum(step.lit for step in shown.view.drawing.steps) == 4


def test_selecting_in_the_text_moves_the_frame_in_the_picture(anna: Hands) -> None:
    shown = picture_of(anna)
    anna.go_to("a-5jq7rc")
    assert shown.view.current == Key(Shape.SOURCE, "rbc")


def test_a_click_on_a_source_selects_its_tags_one_after_the_other(anna: Hands) -> None:
    shown = picture_of(anna)
    chosen = []
    for _ in range(3):
        click(shown, KCNA)
        chosen.append(anna.app.desk.selected)
    assert chosen == ["a-v5n0ke", "a-x4e9rt", "a-v5n0ke"]
    assert shown.view.current == KCNA


def test_a_click_on_nothing_changes_nothing(anna: Hands) -> None:
    shown = picture_of(anna)
    QTest.mouseClick(shown.view.viewport(), LEFT, pos=QPoint(3, 3))
    assert anna.app.desk.selected == ""


def move_mouse(shown: ProvenanceWindow, spot: QPoint) -> None:
    """Move the mouse to a spot; the offscreen platform would give it to the window below."""
    viewport, kind = shown.view.viewport(), QEvent.Type.MouseMove
    none, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, QPointF(spot), QPointF(viewport.mapToGlobal(spot)), none, none, keys)
    QApplication.sendEvent(viewport, event)


def test_what_the_mouse_is_over_lights_up_while_it_is_there(anna: Hands) -> None:
    shown = picture_of(anna)
    assert shown.view.viewport().hasMouseTracking()
    move_mouse(shown, place(shown, Key(Shape.SOURCE, "rbc")))
    assert {"RBC", "this article"} < lit(shown)
    move_mouse(shown, QPoint(3, 3))
    assert lit(shown) == set()


def test_dragging_moves_the_picture_and_selects_nothing(anna: Hands) -> None:
    shown = picture_of(anna)
    shown.view.zoom(3)
    bar = shown.view.horizontalScrollBar()
    before, start = bar.value(), place(shown, KCNA)
    viewport = shown.view.viewport()
    QTest.mousePress(viewport, LEFT, pos=start)
    QTest.mouseMove(viewport, start - QPoint(60, 0))
    QTest.mouseRelease(viewport, LEFT, pos=start - QPoint(60, 0))
    assert bar.value() == before + 60
    assert anna.app.desk.selected == ""


def test_tab_walks_from_node_to_node_and_on_to_the_buttons(anna: Hands) -> None:
    shown = picture_of(anna)
    walked = []
    while shown.view.hasFocus():
        anna.press("Tab")
        walked.append(shown.view.current)
    assert walked == [one.node.key for one in shown.view.drawing.nodes] + [None]
    anna.press("Shift+Tab")
    assert shown.view.hasFocus()


def test_the_arrows_follow_the_words(anna: Hands) -> None:
    anna.go_to("c-8r3tdw")
    shown = picture_of(anna)
    names = []
    for key in ("Right", "Right", "Right", "Left", "Down", "Up"):
        anna.press(key)
        assert shown.view.current is not None
        names.append(shown.view.current.name)
    assert names[:4] == ["north-korea", "kcna", "yonhap", "kcna"]
    assert names[5] == "kcna"


def test_enter_goes_to_the_text(anna: Hands) -> None:
    shown = picture_of(anna)
    shown.view.make_current(TROOPS)
    anna.press("Return")
    assert anna.app.desk.selected == "c-8r3tdw"
    assert anna.window.isActiveWindow()
    assert anna.app.page.hasFocus()


def test_the_article_itself_leads_to_its_claims(anna: Hands) -> None:
    shown = picture_of(anna)
    click(shown, Key(Shape.UNATTRIBUTED, "the article itself"))
    assert anna.app.desk.selected == "c-t1jz6p"


def test_each_node_is_read_out_as_it_becomes_current(anna: Hands) -> None:
    shown = picture_of(anna)
    for key, words in (
        (KCNA, "source: KCNA, state media · KP, 2 tags"),
        (ARTICLE, "article: this article, 9 claims · 5 quotes"),
    ):
        shown.view.make_current(key)
        assert shown.view.accessibleDescription() == words
    assert shown.view.accessibleName()
    assert all(button.accessibleName() for button in shown.findChildren(QPushButton))


def test_plus_minus_and_nought_zoom_and_f_fits(anna: Hands) -> None:
    shown = picture_of(anna)
    anna.press("0")
    sizes = []
    for key in ("+", "-", "-", "Ctrl++", "Ctrl+-", "0"):
        anna.press(key)
        sizes.append(round(shown.view.transform().m11(), 3))
    assert sizes == [1.2, 1.0, 0.833, 1.0, 0.833, 1.0]
    shown.resize(500, 300)
    anna.press("F")
    seen = shown.view.mapToScene(shown.view.viewport().rect()).boundingRect()
    assert seen.adjusted(-1, -1, 1, 1).contains(shown.view.sceneRect())


def test_the_wheel_with_ctrl_zooms_within_bounds(anna: Hands) -> None:
    shown = picture_of(anna)
    for turn, bound in ((12000, 4.0), (-24000, 0.1)):
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(50, 50),
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(shown.view.viewport(), event)
        assert shown.view.transform().m11() == pytest.approx(bound)


def test_the_picture_follows_the_tagging_while_it_is_seen(anna: Hands, qtbot: QtBot) -> None:
    shown = picture_of(anna)
    anna.turn_to()
    anna.go_to("q-z6m0fv")
    anna.press("Del")
    unknown = Key(Shape.UNATTRIBUTED, "source unknown")
    qtbot.waitUntil(lambda: unknown not in [n.node.key for n in shown.view.drawing.nodes])
    anna.press("Ctrl+Z")
    qtbot.waitUntil(lambda: unknown in [n.node.key for n in shown.view.drawing.nodes])


def test_a_picture_that_is_closed_is_drawn_only_when_it_is_opened_again(anna: Hands) -> None:
    shown = picture_of(anna)
    unknown = Key(Shape.UNATTRIBUTED, "source unknown")
    anna.press("Esc")
    anna.turn_to()
    anna.go_to("q-z6m0fv")
    anna.press("Del")
    assert not shown._soon.isActive()
    assert unknown in [one.node.key for one in shown.view.drawing.nodes]
    assert unknown not in [one.node.key for one in picture_of(anna).view.drawing.nodes]


def test_claims_can_be_folded_into_counts(anna: Hands) -> None:
    shown = picture_of(anna)
    before = len(shown.view.drawing.nodes)
    shown.folds.picked.emit(Fold.SOURCES)
    assert len(shown.view.drawing.nodes) == before - 14
    assert item(shown, Key(Shape.SOURCE, "kim-jong-gyu")).node.detail == "1 claim · 2 quotes"
    assert "counted by source" in shown.guide.text()


def test_an_article_without_tags_says_so(carla: Hands) -> None:
    shown = picture_of(carla)
    assert shown.guide.text() == "Nothing is tagged yet."


def test_no_two_nodes_of_the_picture_overlap(anna: Hands) -> None:
    shown = picture_of(anna)
    for one in shown.view.drawing.nodes:
        inner = one.boundingRect().adjusted(8, 8, -10, -10)
        assert [
            other
            for other in shown.view.drawing.items(inner)
            if isinstance(other, NodeItem) and other is not one
        ] == []


def test_it_follows_light_and_dark(anna: Hands, qtbot: QtBot) -> None:
    shown = picture_of(anna)
    anna.app.settings.put("colours", "dark")
    anna.app.apply_settings()
    qtbot.waitUntil(
        lambda: shown.view.drawing.backgroundBrush().color() == theme.DARK.page, timeout=2000
    )
    assert pixels_of(shown.view.viewport()).pixelColor(2, 2).lightness() < 60


def test_it_is_saved_as_svg_whose_words_are_text(
    anna: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "picture.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    shown = picture_of(anna)
    press(shown, "Save as…")
    root = ElementTree.parse(file).getroot()
    words = {"".join(text.itertext()).strip() for text in root.iter(f"{SVG}text")}
    assert {"North Korea", "KCNA", "Yonhap", "this article", "the article itself"} <= words
    assert root.findtext(f"{SVG}title") == "Provenance of corea-del-nord.anna"
    assert anna.hint == f"The picture is in {file}."


def test_it_is_proposed_beside_the_articles_and_gets_the_suffix_of_the_kind_chosen(
    anna: Hands, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposals = []

    def choose(_: object, __: str, proposal: str, kinds: str) -> tuple[str, str]:
        proposals.append(Path(proposal))
        return str(tmp_path / "picture"), kinds.split(";;")[1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    shown = picture_of(anna)
    press(shown, "Save as…")
    assert proposals == [folder / "corea-del-nord.anna.provenance.svg"]
    assert not QImage(str(tmp_path / "picture.png")).isNull()
    (tmp_path / "picture.png").write_bytes(b"dear to somebody")
    anna.answers = [1, 0]
    press(shown, "Save as…")
    assert (tmp_path / "picture.png").read_bytes() == b"dear to somebody"
    press(shown, "Save as…")
    assert not QImage(str(tmp_path / "picture.png")).isNull()
    assert anna.asked[0].startswith("picture.png is there already. Replace it?")


def test_it_is_saved_as_png_in_the_colours_of_the_window(anna: Hands, tmp_path: Path) -> None:
    shown = picture_of(anna)
    shown.save(OutputPlace(tmp_path / "picture.png"))
    image = QImage(str(tmp_path / "picture.png"))
    size = shown.view.sceneRect().size()
    assert (image.width(), image.height()) == (size * 2).toSize().toTuple()
    assert image.pixelColor(2, 2) == theme.LIGHT.page
    box = item(shown, KCNA).boundingRect()
    inside = (QPointF(box.left() + 8, box.center().y()) - shown.view.sceneRect().topLeft()) * 2
    assert image.pixelColor(inside.toPoint()) == theme.LIGHT.kinds[Kind.ATTRIBUTION].fill


def test_a_picture_that_cannot_be_written_is_told(
    anna: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = picture_of(anna)
    with pytest.raises(StorageError):
        shown.save(OutputPlace(tmp_path / "nowhere" / "picture.svg"))
    lost = str(tmp_path / "nowhere" / "picture.png")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (lost, ""))
    press(shown, "Save as…")
    assert "picture.png" in anna.bar


def test_no_name_means_no_file(
    anna: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    press(picture_of(anna), "Save as…")
    assert anna.hint == ""
