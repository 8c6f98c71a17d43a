from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core.sources import Registry, Source
from annotator.ui import theme
from annotator.ui.tagging.source_picker import SourcePicker
from annotator.ui.widgets.popup import ROW
from tests.ui.looking import pixels_of
from tests.ui.values import KCNA, REGISTRY, RUSSIA, RUSSIA_TODAY, YONHAP

FRAME = 2
"""Pixels that the offscreen platform takes for the frame of a popup."""

HERE = QPoint(20, 20)


@pytest.fixture
def picker(qtbot: QtBot) -> Iterator[SourcePicker]:
    picker = SourcePicker()
    qtbot.addWidget(picker)
    yield picker
    picker.close()


@pytest.fixture
def heard(picker: SourcePicker) -> list[object]:
    """All that the picker has said, in order."""
    said: list[object] = []
    picker.chosen.connect(said.append)
    picker.created.connect(lambda name, _: said.append(name))
    picker.cancelled.connect(lambda: said.append("cancelled"))
    return said


def press(qtbot: QtBot, picker: SourcePicker, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(picker.field, key)


def test_enter_takes_the_source_that_the_words_name(
    qtbot: QtBot, picker: SourcePicker, heard: list[object]
) -> None:
    picker.open_at(HERE, REGISTRY, "citando la Korean Central News Agency", "yonhap")
    press(qtbot, picker, Qt.Key.Key_Return)
    assert heard == [KCNA]
    assert not picker.isVisible()


def test_without_a_name_in_the_words_enter_keeps_the_current_source(
    qtbot: QtBot, picker: SourcePicker, heard: list[object]
) -> None:
    picker.open_at(HERE, REGISTRY, "secondo fonti", "russia")
    press(qtbot, picker, Qt.Key.Key_Enter)
    assert heard == [RUSSIA]


def test_the_arrows_move_and_stop_at_the_ends(
    qtbot: QtBot, picker: SourcePicker, heard: list[object]
) -> None:
    picker.open_at(HERE, REGISTRY, "", None)
    press(qtbot, picker, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    press(qtbot, picker, Qt.Key.Key_Return)
    picker.open_at(HERE, REGISTRY, "", None)
    press(qtbot, picker, Qt.Key.Key_PageDown, Qt.Key.Key_Return)
    assert heard == [YONHAP, RUSSIA]


def test_typing_narrows_the_list_and_enter_takes_the_best(
    qtbot: QtBot, picker: SourcePicker, heard: list[object]
) -> None:
    picker.open_at(HERE, REGISTRY, "Yonhap", None)
    QTest.keyClicks(picker.field, "russia t")
    press(qtbot, picker, Qt.Key.Key_Return)
    assert heard == [RUSSIA_TODAY]


def test_an_unknown_name_becomes_a_new_source(
    qtbot: QtBot, picker: SourcePicker, heard: list[object]
) -> None:
    picker.open_at(HERE, REGISTRY, "Yonhap", None)
    QTest.keyClicks(picker.field, "Il Foglio")
    press(qtbot, picker, Qt.Key.Key_Return)
    assert heard == ["Il Foglio"]


def test_a_part_of_a_known_name_becomes_a_new_source_only_when_moved_to(
    qtbot: QtBot, picker: SourcePicker, heard: list[object]
) -> None:
    picker.open_at(HERE, REGISTRY, "", None)
    QTest.keyClicks(picker.field, "Yon")
    press(qtbot, picker, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert heard == ["Yon"]


def test_an_empty_registry_offers_what_is_typed_and_without_words_nothing_before(
    qtbot: QtBot, picker: SourcePicker, heard: list[object]
) -> None:
    picker.open_at(HERE, Registry(), "", None)
    press(qtbot, picker, Qt.Key.Key_Return)
    assert picker.isVisible()
    QTest.keyClicks(picker.field, "Yonhap")
    press(qtbot, picker, Qt.Key.Key_Return)
    assert heard == ["Yonhap"]


def test_escape_closes_and_says_so_once(
    qtbot: QtBot, picker: SourcePicker, heard: list[object]
) -> None:
    picker.open_at(HERE, REGISTRY, "", None)
    press(qtbot, picker, Qt.Key.Key_Escape)
    assert heard == ["cancelled"]
    assert not picker.isVisible()


def test_a_click_takes_the_source_under_it(
    qtbot: QtBot, picker: SourcePicker, heard: list[object]
) -> None:
    picker.open_at(HERE, REGISTRY, "", None)
    place = picker.list.visualRect(picker.list.model().index(2, 0)).center()
    QTest.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard == [RUSSIA_TODAY]


def test_what_was_typed_last_time_is_gone(qtbot: QtBot, picker: SourcePicker) -> None:
    picker.open_at(HERE, REGISTRY, "", None)
    QTest.keyClicks(picker.field, "Il Foglio")
    press(qtbot, picker, Qt.Key.Key_Escape)
    picker.open_at(HERE, REGISTRY, "", None)
    assert picker.field.text() == ""
    assert picker.list.model().rowCount() == 4


@pytest.mark.parametrize("place", [(-500, -500), (100_000, 100_000)])
def test_it_stays_on_the_screen(picker: SourcePicker, place: tuple[int, int]) -> None:
    picker.open_at(QPoint(*place), REGISTRY, "", None)
    # The offscreen platform pretends that a popup has a frame, two pixels wide.
    room = QGuiApplication.primaryScreen().availableGeometry().adjusted(0, 0, 2, 2)
    assert room.contains(picker.frameGeometry())


def test_near_the_lower_edge_it_opens_above_the_words(picker: SourcePicker) -> None:
    below = QGuiApplication.primaryScreen().availableGeometry().bottom() - 20
    picker.open_at(QPoint(10, below), REGISTRY, "", None)
    assert picker.frameGeometry().bottom() < below


def test_it_is_as_high_as_its_rows_and_its_edge_at_the_words_stays(picker: SourcePicker) -> None:
    picker.open_at(HERE, REGISTRY, "", None)
    before = picker.geometry()
    QTest.keyClicks(picker.field, "russia t")
    assert before.height() - picker.height() == 2 * ROW
    assert picker.geometry().topLeft() == before.topLeft()
    low = QPoint(20, QGuiApplication.primaryScreen().availableGeometry().bottom() - 20)
    picker.open_at(low, REGISTRY, "", None)
    before = picker.geometry()
    QTest.keyClicks(picker.field, "russia t")
    assert picker.height() < before.height()
    assert abs(picker.geometry().bottom() - before.bottom()) <= FRAME


def test_words_over_several_lines_stay_uncovered(picker: SourcePicker) -> None:
    low = QGuiApplication.primaryScreen().availableGeometry().bottom() - 20
    picker.open_at(QPoint(20, low), REGISTRY, "", None, lines=150)
    assert picker.geometry().bottom() <= low - 150 + FRAME


def test_it_stays_inside_the_page(picker: SourcePicker) -> None:
    page = QRect(100, 0, 500, 400)
    for x in (0, 550):
        picker.open_at(QPoint(x, 50), REGISTRY, "", None, room=page)
        assert page.left() <= picker.x()
        assert picker.geometry().right() <= page.right() + FRAME


@pytest.mark.parametrize("one", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_it_follows_the_theme(picker: SourcePicker, one: theme.Theme) -> None:
    picker.set_theme(one)
    picker.open_at(HERE, REGISTRY, "", None)
    image = pixels_of(picker)
    assert image.pixelColor(picker.width() - 4, picker.height() - 4) == one.chrome
    chosen = picker.list.visualRect(picker.list.currentIndex())
    place = picker.list.mapTo(picker, chosen.center())
    assert image.pixelColor(place) == one.chosen


def test_each_row_says_to_a_screen_reader_what_it_shows(picker: SourcePicker) -> None:
    picker.open_at(HERE, REGISTRY, "la Korean Central News Agency", None)
    said = picker.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "KCNA, Korean Central News Agency, state media · KP, key K"


def test_thousands_of_sources_are_all_there(qtbot: QtBot, picker: SourcePicker) -> None:
    many = Registry(tuple(Source(id=f"s{n}", name=f"Agency {n}") for n in range(2000)))
    picker.open_at(HERE, many, "", None)
    QTest.keyClicks(picker.field, "agency 1234")
    assert picker.list.currentIndex().data() == "Agency 1234"
