from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from annotator.core import edits
from annotator.core.change import Change, added, replaced
from annotator.core.model import Annotation, Kind, Span
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui import theme
from annotator.ui.lists.all_tags import AllTags
from annotator.ui.lists.tag_table import Column, TagTable
from tests.ui.values import REGISTRY, SAYS_KCNA, TROOPS, TURN, VOICES, YONHAP, tagging

IN_TEXT = ["a-yonhap", "a-kcna0", "c-troops", "q-voices", "c-turn00"]


@pytest.fixture
def live() -> Tagging:
    return tagging()


@pytest.fixture
def panel(qtbot: QtBot, live: Tagging) -> AllTags:
    panel = AllTags()
    qtbot.addWidget(panel)
    panel.resize(600, 300)
    panel.show_tagging(live, REGISTRY)
    panel.show()
    return panel


def shown(panel: AllTags) -> list[str]:
    model = panel.table.model()
    assert isinstance(model, TagTable)
    return [model.id_at(row) for row in range(model.rowCount())]


def cell(panel: AllTags, annotation_id: str, column: Column) -> str:
    return str(panel.table.model().index(shown(panel).index(annotation_id), column).data())


def do(panel: AllTags, live: Tagging, change: Change, registry: Registry = REGISTRY) -> None:
    live.apply(change)
    panel.show_change(change, registry)


def click(qtbot: QtBot, panel: AllTags, row: int) -> None:
    place = panel.table.visualRect(panel.table.model().index(row, 1)).center()
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_all_tags_stand_in_text_order(panel: AllTags) -> None:
    assert shown(panel) == IN_TEXT


def test_a_row_shows_kind_words_source_and_note(panel: AllTags, live: Tagging) -> None:
    do(panel, live, edits.set_note(SAYS_KCNA, "since\nwhen?"))
    row = [cell(panel, "a-kcna0", column) for column in Column]
    assert row == ["▸ attribution", SAYS_KCNA.words, "KCNA", "since when?"]


def test_a_claim_shows_who_says_it_or_what_was_decided(panel: AllTags) -> None:
    assert cell(panel, "c-troops", Column.SOURCE) == "KCNA"
    assert cell(panel, "c-turn00", Column.SOURCE) == "the article itself"


def test_a_claim_follows_the_attribution_that_says_it(panel: AllTags, live: Tagging) -> None:
    watched = QSignalSpy(panel.table.model().dataChanged)
    do(panel, live, edits.set_source(SAYS_KCNA, YONHAP))
    assert cell(panel, "c-troops", Column.SOURCE) == "Yonhap"
    rows = {watched.at(n)[0].row() for n in range(watched.count())}
    assert rows == {IN_TEXT.index(i) for i in ("a-kcna0", "c-troops", "q-voices")}


def test_a_renamed_source_is_renamed_in_its_rows(panel: AllTags, live: Tagging) -> None:
    renamed = replace(YONHAP, short="Yonhap (Seoul)")
    change = Change("Rename", sources=replaced(YONHAP, renamed))
    do(panel, live, change, REGISTRY.changed([YONHAP], [renamed]))
    assert cell(panel, "a-yonhap", Column.SOURCE) == "Yonhap (Seoul)"


def test_a_change_touches_its_own_rows_only(panel: AllTags, live: Tagging) -> None:
    model = panel.table.model()
    inserted, reset = QSignalSpy(model.rowsInserted), QSignalSpy(model.modelReset)
    new = Annotation(id="c-new000", kind=Kind.CLAIM, spans=(Span(15, 20, "xxxxx"),))
    do(panel, live, Change("Tag claim", added(new)))
    assert shown(panel) == [*IN_TEXT[:2], "c-new000", *IN_TEXT[2:]]
    assert (inserted.count(), reset.count()) == (1, 0)


def test_a_deleted_tag_leaves_and_comes_back_with_undo(panel: AllTags, live: Tagging) -> None:
    change = edits.delete(live, [TROOPS])
    do(panel, live, change)
    assert "c-troops" not in shown(panel)
    do(panel, live, change.inverse())
    assert shown(panel) == IN_TEXT


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("TRUPPE", ["c-troops"]),
        ("yonhap", ["a-yonhap"]),
        ("조선중앙", ["a-kcna0"]),
        ("quote", ["q-voices"]),
        ("e una svolta", ["c-turn00"]),
        ("why?", ["q-voices"]),
        ("nowhere", []),
        ("", IN_TEXT),
    ],
)
def test_the_filter_looks_at_words_sources_kind_and_note(
    panel: AllTags, live: Tagging, typed: str, found: list[str]
) -> None:
    do(panel, live, edits.set_note(VOICES, "why?"))
    panel.filter.setText(typed)
    assert shown(panel) == found


def test_a_change_enters_and_leaves_the_filtered_rows(panel: AllTags, live: Tagging) -> None:
    panel.filter.setText("urgent")
    noted = edits.set_note(TURN, "Urgent!")
    do(panel, live, noted)
    assert shown(panel) == ["c-turn00"]
    do(panel, live, noted.inverse())
    assert shown(panel) == []


def test_the_headers_sort_and_a_third_click_restores_text_order(
    qtbot: QtBot, panel: AllTags
) -> None:
    header = panel.table.horizontalHeader()
    orders = []
    for _ in range(3):
        x = header.sectionViewportPosition(Column.WORDS) + 20
        place = header.viewport().rect().topLeft()
        place.setX(x)
        place.setY(5)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        orders.append(shown(panel))
    by_words = ["a-kcna0", "c-turn00", "c-troops", "a-yonhap", "q-voices"]
    assert orders == [by_words, by_words[::-1], IN_TEXT]


def test_clicking_a_row_picks_its_tag(qtbot: QtBot, panel: AllTags) -> None:
    with qtbot.waitSignal(panel.picked) as picked:
        click(qtbot, panel, 2)
    assert picked.args == ["c-troops"]


def test_the_arrows_and_enter_pick_as_well(qtbot: QtBot, panel: AllTags) -> None:
    picked: list[str] = []
    panel.picked.connect(picked.append)
    panel.show_selected("a-kcna0")
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert picked == ["c-troops", "c-troops"]


def test_enter_and_esc_lead_back_to_the_text(qtbot: QtBot, panel: AllTags) -> None:
    panel.show_selected("a-kcna0")
    for key, part in (
        (Qt.Key.Key_Return, panel.table),
        (Qt.Key.Key_Escape, panel.table),
        (Qt.Key.Key_Escape, panel.filter),
    ):
        with qtbot.waitSignal(panel.left):
            QTest.keyClick(part, key)


def test_the_keyboard_finds_a_row_chosen_when_it_comes(qtbot: QtBot, panel: AllTags) -> None:
    panel.setFocus()
    qtbot.waitUntil(panel.table.hasFocus)
    (row,) = {index.row() for index in panel.table.selectedIndexes()}
    assert row == 0


def test_showing_and_changing_never_pick(panel: AllTags, live: Tagging) -> None:
    picked = QSignalSpy(panel.picked)
    panel.show_selected("c-troops")
    do(panel, live, edits.delete(live, [TROOPS]))
    panel.filter.setText("y")
    panel.show_selected("")
    assert picked.count() == 0


def test_the_selected_tag_stays_selected_while_rows_come_and_go(
    panel: AllTags, live: Tagging
) -> None:
    panel.show_selected("q-voices")
    do(panel, live, edits.delete(live, [TROOPS]))
    panel.filter.setText("voci")
    rows = panel.table.selectionModel().selectedRows()
    assert [shown(panel)[row.row()] for row in rows] == ["q-voices"]


def test_nothing_is_selected_where_the_selected_tag_is_filtered_out(panel: AllTags) -> None:
    panel.show_selected("q-voices")
    panel.filter.setText("truppe")
    assert not panel.table.selectionModel().hasSelection()
    panel.filter.clear()
    assert panel.table.currentIndex().row() == IN_TEXT.index("q-voices")


def test_the_kind_is_told_by_mark_and_colour_in_light_and_dark(panel: AllTags) -> None:
    kind = panel.table.model().index(0, Column.KIND)
    for one in (theme.LIGHT, theme.DARK):
        panel.set_theme(one)
        color = kind.data(Qt.ItemDataRole.ForegroundRole)
        assert color == one.kinds[Kind.ATTRIBUTION].line


def test_tab_leaves_the_table(qtbot: QtBot, panel: AllTags) -> None:
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Tab)
    assert panel.focusWidget() is panel.filter


@given(st.randoms(use_true_random=False), st.sampled_from([-1, *Column]), st.booleans())
def test_any_changes_leave_the_rows_as_showing_them_anew_would(
    random_: random.Random, column: int, reverse: bool
) -> None:
    live, table = tagging(), TagTable()
    tester = QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.show_tagging(live, REGISTRY)
    order = Qt.SortOrder.DescendingOrder if reverse else Qt.SortOrder.AscendingOrder
    table.sort(column, order)
    table.set_filter(random_.choice(["", "a", "kcna", "e"]))
    for number in range(12):
        change = _any_change(live, random_, number)
        live.apply(change)
        table.show_change(change, REGISTRY)
    kept = [table.id_at(row) for row in range(table.rowCount())]
    assert [table.row_of(i) for i in kept] == list(range(len(kept)))
    table.sort(column, order)
    assert kept == [table.id_at(row) for row in range(table.rowCount())]
    del tester


def _any_change(live: Tagging, random_: random.Random, number: int) -> Change:
    tagged = live.annotations()
    if not tagged or random_.random() < 0.3:
        start = random_.randrange(80)
        spans = (Span(start, start + 5, random_.choice(["alpha", "Kappa", "ètere"])),)
        return Change("Tag", added(Annotation(id=f"c-{number}", kind=Kind.CLAIM, spans=spans)))
    one = random_.choice(tagged)
    if random_.random() < 0.3:
        return edits.delete(live, [one])
    if random_.random() < 0.5:
        return edits.set_note(one, random_.choice(["", "a note", "kcna?"]))
    moved = one.spans[0]._replace(start=one.start + 1, end=one.end + 1)
    return edits.set_spans(one, [moved])


def test_in_a_narrow_panel_the_words_have_the_room_of_the_notes(panel: AllTags) -> None:
    assert not panel.table.isColumnHidden(Column.NOTE)
    panel.resize(320, 300)
    assert panel.table.isColumnHidden(Column.NOTE)
    assert panel.table.columnWidth(Column.WORDS) > panel.table.viewport().width() // 2
