from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.ui.articles.annotators import Annotator, Annotators, Sign

ANNA = Annotator("anna", 1, 23, you=True, shown=True, fixed=True)
BORIS = Annotator("boris & co", 2, 1)


@pytest.fixture
def panel(qtbot: QtBot) -> Annotators:
    panel = Annotators()
    qtbot.addWidget(panel)
    panel.show_annotators([ANNA, BORIS])
    return panel


def test_each_annotator_has_a_box_a_sign_and_a_number_of_tags(panel: Annotators) -> None:
    assert [box.isChecked() for box in panel.boxes.values()] == [True, False]
    assert sorted(sign.digit for sign in panel.findChildren(Sign)) == [1, 2]
    shown = {label.text() for label in panel.findChildren(QLabel)}
    assert {"you · 23", "1"} <= shown


def test_screen_readers_hear_whose_it_is_and_how_many_there_are(panel: Annotators) -> None:
    named = [box.accessibleName() for box in panel.boxes.values()]
    assert named == ["anna, you, 23 tags, sign 1", "boris & co, 1 tag, sign 2"]


def test_with_one_more_tag_the_number_changes_and_the_box_stays(panel: Annotators) -> None:
    box = panel.boxes["boris & co"]
    panel.show_annotators([ANNA, BORIS._replace(tags=2)])
    assert panel.boxes["boris & co"] is box
    assert box.accessibleName() == "boris & co, 2 tags, sign 2"
    assert {"you · 23", "2"} <= {label.text() for label in panel.findChildren(QLabel)}


def test_a_tick_tells_whose_tags_are_wanted(panel: Annotators, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.toggled) as told:
        panel.boxes["boris & co"].click()
    assert told.args == ["boris & co", True]


def test_ones_own_tags_cannot_be_hidden(panel: Annotators) -> None:
    assert not panel.boxes["anna"].isEnabled()


def test_a_box_is_set_right_where_the_tick_was_refused(panel: Annotators) -> None:
    panel.boxes["boris & co"].click()
    panel.show_annotators([ANNA, BORIS])
    assert not panel.boxes["boris & co"].isChecked()


def test_without_annotators_there_is_no_list(panel: Annotators) -> None:
    panel.show_annotators([])
    assert panel.isHidden()
