from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.core import edits
from annotator.core.chains.who_says import by_source, said_by, touched_by
from annotator.core.change import Change, replaced
from annotator.core.model import Kind, Stance
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.ui.lists import who_says_what
from annotator.ui.lists.said_lines import Line
from annotator.ui.lists.said_rows import LINE, By, SaidRows
from annotator.ui.lists.who_says_what import WhoSaysWhat
from annotator.ui.widgets.slices import Slices
from tests.core.walks import random_change
from tests.ui.values import KCNA, REGISTRY, SAYS_KCNA, TURN, VOICES, YONHAP, tagging

ALL = [
    "KCNA via Yonhap state media single origin",
    "◆ le truppe sono partite",
    "❝ “voci infondate”",
    "The article itself",
    "◆ È una svolta",
]


@pytest.fixture
def live() -> Tagging:
    return tagging()


@pytest.fixture
def panel(qtbot: QtBot, live: Tagging) -> WhoSaysWhat:
    panel = WhoSaysWhat()
    qtbot.addWidget(panel)
    panel.resize(400, 300)
    panel.show_tagging(live, REGISTRY)
    panel.show()
    return panel


@pytest.fixture
def seed(seeds: Path) -> tuple[Tagging, Registry]:
    file = seeds / "annotations" / "corea-del-nord.anna.yaml"
    sources = seeds / "sources.yaml"
    document = parse_document(file.read_bytes(), file.name)
    return Tagging(document.annotations), parse_registry(sources.read_bytes(), sources.name)


def reading(panel: WhoSaysWhat) -> Slices:
    """The work by which the panel comes to its lines."""
    (slices,) = panel.findChildren(Slices)
    return slices


def shown(panel: WhoSaysWhat) -> list[str]:
    while reading(panel).under_way:  # a slow machine does not get to the end at once
        QApplication.processEvents()
    model = panel.lines.model()
    return [model.index(row, 0).data(LINE).text for row in range(model.rowCount())]


def current(panel: WhoSaysWhat) -> str:
    (index,) = panel.lines.selectedIndexes()
    return str(index.data(LINE).text)


def do(panel: WhoSaysWhat, live: Tagging, change: Change) -> None:
    live.apply(change)
    panel.show_change(change, REGISTRY)


def to_row(panel: WhoSaysWhat, row: int) -> None:
    panel.lines.setFocus()
    panel.lines.setCurrentIndex(panel.lines.model().index(row, 0))


def click(panel: WhoSaysWhat, row: int) -> None:
    place = panel.lines.visualRect(panel.lines.model().index(row, 0)).center()
    QTest.mouseClick(panel.lines.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_below_each_source_stands_what_it_says_and_the_article_itself_comes_last(
    panel: WhoSaysWhat,
) -> None:
    assert shown(panel) == ALL


def test_the_seed_reads_as_an_editor_would_tell_it(
    qtbot: QtBot, seed: tuple[Tagging, Registry]
) -> None:
    panel = WhoSaysWhat()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_tagging(*seed)
    lines = shown(panel)
    assert lines[0] == "North Korea via KCNA via Yonhap single origin"
    assert lines[1].startswith("◆ avrebbe inviato truppe in Russia")
    assert lines[3] == '❝ "falsi statunitensi" denies'
    assert "intelligence reports unnamed" in lines
    assert lines[-2:] == ["Source unknown", '❝ "livello di alleanza"']
    quote = panel.lines.model().index(lines.index('❝ "minacce occidentali"'), 0)
    assert quote.data(LINE).depth == 1


def test_by_origin_relays_stand_beside_what_they_relayed(panel: WhoSaysWhat) -> None:
    panel.by.setCurrentText(By.ORIGIN)
    assert shown(panel)[:2] == [
        "KCNA state media single origin",
        "◆ le truppe sono partite via Yonhap",
    ]


def test_in_text_order_a_speaker_stands_beside_the_first_of_what_he_says(
    panel: WhoSaysWhat,
) -> None:
    panel.by.setCurrentText(By.TEXT)
    assert shown(panel) == [
        "◆ le truppe sono partite KCNA via Yonhap",
        "❝ “voci infondate”",
        "◆ È una svolta the article itself",
    ]


def test_a_stance_is_a_badge_unless_it_only_reports(panel: WhoSaysWhat, live: Tagging) -> None:
    do(panel, live, edits.set_stance(SAYS_KCNA, Stance.DENIES))
    assert shown(panel)[1] == "◆ le truppe sono partite denies"
    now = live.get(SAYS_KCNA.id)
    assert now is not None
    do(panel, live, edits.set_stance(now, Stance.REPORTS))
    assert shown(panel)[1] == "◆ le truppe sono partite"


def test_a_claim_that_loses_its_source_goes_to_the_undecided(
    panel: WhoSaysWhat, live: Tagging
) -> None:
    do(panel, live, edits.set_content(live, SAYS_KCNA, [VOICES.id]))
    assert shown(panel)[-2:] == ["Undecided", "◆ le truppe sono partite"]
    assert shown(panel)[:2] == ["KCNA via Yonhap state media single origin", ALL[2]]


def test_a_change_touches_only_the_rows_that_it_concerns(panel: WhoSaysWhat, live: Tagging) -> None:
    model = panel.lines.model()
    reset, gone, come = (
        QSignalSpy(one) for one in (model.modelReset, model.rowsRemoved, model.rowsInserted)
    )
    do(panel, live, edits.delete(live, [VOICES]))
    assert [reset.count(), gone.count(), come.count()] == [0, 1, 0]


def test_a_renamed_source_is_renamed_here(panel: WhoSaysWhat) -> None:
    renamed = replace(KCNA, short="Central Agency")
    change = Change("Rename", sources=replaced(KCNA, renamed))
    panel.show_change(change, REGISTRY.changed([KCNA], [renamed]))
    assert shown(panel)[0].startswith("Central Agency via Yonhap")


def test_a_click_goes_to_the_text(qtbot: QtBot, panel: WhoSaysWhat) -> None:
    with qtbot.waitSignal(panel.picked) as picked:
        click(panel, 2)
    assert picked.args == [VOICES.id]


def test_a_heading_leads_to_the_words_that_name_it(qtbot: QtBot, panel: WhoSaysWhat) -> None:
    to_row(panel, 0)
    with qtbot.waitSignal(panel.picked) as picked:
        QTest.keyClick(panel.lines, Qt.Key.Key_Return)
    assert picked.args == [SAYS_KCNA.id]


def test_the_heading_of_the_article_itself_leads_to_what_it_says(
    qtbot: QtBot, panel: WhoSaysWhat
) -> None:
    to_row(panel, 3)
    with qtbot.waitSignal(panel.picked) as picked:
        QTest.keyClick(panel.lines, Qt.Key.Key_Enter)
    assert picked.args == [TURN.id]


def test_the_text_follows_the_keyboard_from_line_to_line(qtbot: QtBot, panel: WhoSaysWhat) -> None:
    to_row(panel, 0)
    with qtbot.waitSignal(panel.picked) as picked:
        QTest.keyClick(panel.lines, Qt.Key.Key_Down)
    assert picked.args == ["c-troops"]
    with qtbot.assertNotEmitted(panel.picked):
        QTest.keyClick(panel.lines, Qt.Key.Key_Up)


def test_esc_leads_back_to_the_text(qtbot: QtBot, panel: WhoSaysWhat) -> None:
    with qtbot.waitSignal(panel.left):
        QTest.keyClick(panel.lines, Qt.Key.Key_Escape)


def test_what_is_selected_in_the_text_is_marked_here(panel: WhoSaysWhat) -> None:
    panel.show_selected(VOICES.id)
    assert current(panel) == ALL[2]
    panel.show_selected(SAYS_KCNA.id)
    assert current(panel) == ALL[0]
    panel.show_selected("")
    assert not panel.lines.selectedIndexes()


def test_a_relay_that_says_nothing_itself_is_shown_by_what_came_through_it(
    panel: WhoSaysWhat,
) -> None:
    panel.show_selected("a-yonhap")
    assert current(panel) == ALL[0]


def test_what_is_selected_stays_in_view_when_the_list_loses_room(panel: WhoSaysWhat) -> None:
    panel.show_selected(TURN.id)
    panel.resize(400, 120)
    (chosen,) = panel.lines.selectedIndexes()
    assert panel.lines.viewport().rect().contains(panel.lines.visualRect(chosen))


def test_groups_are_folded_with_left_and_opened_with_right(panel: WhoSaysWhat) -> None:
    to_row(panel, 2)
    QTest.keyClick(panel.lines, Qt.Key.Key_Left)
    assert shown(panel) == [f"{ALL[0]} 2", *ALL[3:]]
    assert current(panel) == f"{ALL[0]} 2"
    QTest.keyClick(panel.lines, Qt.Key.Key_Right)
    assert shown(panel) == ALL


def test_a_folded_group_stays_folded_through_changes(panel: WhoSaysWhat, live: Tagging) -> None:
    to_row(panel, 0)
    QTest.keyClick(panel.lines, Qt.Key.Key_Left)
    do(panel, live, edits.delete(live, [VOICES]))
    assert shown(panel) == [f"{ALL[0]} 1", *ALL[3:]]
    do(panel, live, edits.set_source(live.annotations()[1], YONHAP))
    panel.by.setCurrentText(By.TEXT)
    panel.by.setCurrentText(By.SOURCE)
    assert shown(panel)[1] == "◆ le truppe sono partite"


def test_nothing_is_worked_out_while_it_cannot_be_seen(panel: WhoSaysWhat, live: Tagging) -> None:
    panel.hide()
    do(panel, live, edits.delete(live, [VOICES]))
    assert len(shown(panel)) == len(ALL)
    panel.show()
    assert shown(panel) == [ALL[0], ALL[1], *ALL[3:]]


def test_a_change_in_the_midst_of_reading_is_not_lost(
    qtbot: QtBot, panel: WhoSaysWhat, live: Tagging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.widgets.slices.SLICE", 0.0)
    panel.show_tagging(live, REGISTRY)
    assert reading(panel).under_way
    assert panel.lines.model().rowCount() == 0
    do(panel, live, edits.delete(live, [VOICES]))
    qtbot.waitUntil(lambda: shown(panel) == [ALL[0], ALL[1], *ALL[3:]])


def test_many_changes_at_once_are_read_anew_and_the_list_stays_where_it_is(
    qtbot: QtBot, panel: WhoSaysWhat, live: Tagging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(who_says_what, "MANY", 0)
    panel.resize(400, 100)
    panel.lines.scrollToBottom()
    top = panel.lines.rowAt(0)
    assert top > 0
    do(panel, live, edits.set_note(TURN, "so"))
    assert panel.lines.rowAt(0) == top


def as_groups(rows: SaidRows) -> list[tuple[str, list[tuple[str, int]]]]:
    """What the rows show: of each heading its label, and the ids and depths below it."""
    groups: list[tuple[str, list[tuple[str, int]]]] = []
    for row in range(rows.rowCount()):
        heading, annotation_id = rows.place_at(row)
        if not annotation_id:
            groups.append((heading.label(REGISTRY) if heading else "", []))
        else:
            groups[-1][1].append((annotation_id, rows.index(row).data(LINE).depth))
    return groups


def lines(rows: SaidRows) -> list[Line]:
    return [rows.index(row).data(LINE) for row in range(rows.rowCount())]


def expected(live: Tagging) -> list[tuple[str, list[tuple[str, int]]]]:
    return [
        (
            group.heading.label(REGISTRY),
            [(entry.annotation.id, entry.depth) for entry in group.entries],
        )
        for group in by_source(live)
    ]


def ids_by_origin(live: Tagging) -> dict[str, list[str]]:
    """All that is said by whom chains begin with, in text order, through whomever it came."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in live:
        if one.kind is not Kind.ATTRIBUTION:
            for origin in dict.fromkeys(heading.origin for heading in said_by(live, one)):
                found[origin.label(REGISTRY)].append(one.id)
    return found


@settings(max_examples=60)
@given(st.data())
def test_any_changes_leave_the_rows_as_the_core_would_list_them(data: st.DataObject) -> None:
    live, rows = Tagging(), SaidRows()
    rows.registry = REGISTRY
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    by = data.draw(st.sampled_from(By))
    rows.group_by(by)
    list(rows.read(live))
    for _ in range(data.draw(st.integers(1, 12))):
        change = random_change(data.draw, live)
        live.apply(change)
        rows.update(touched_by(change, live))
        lines(rows)
    if by is By.TEXT:
        ids = [rows.place_at(row)[1] for row in range(rows.rowCount())]
        assert ids == [one.id for one in live if one.kind is not Kind.ATTRIBUTION]
    elif by is By.ORIGIN:
        groups = {heading: [i for i, _ in said] for heading, said in as_groups(rows)}
        assert groups == ids_by_origin(live)
    else:
        assert sorted(as_groups(rows)) == sorted(expected(live))
    fresh = SaidRows()
    fresh.registry = REGISTRY
    fresh.group_by(by)
    list(fresh.read(live))
    assert lines(rows) == lines(fresh)
    del tester


def test_kinds_are_told_to_those_who_cannot_see_them(panel: WhoSaysWhat) -> None:
    spoken = panel.lines.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{Kind.QUOTE} “voci infondate”"
