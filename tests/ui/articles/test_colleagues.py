from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from annotator.core.header import seen
from tests.ui.conftest import Begin
from tests.ui.hands import Hands


def boxes(hands: Hands, qtbot: QtBot) -> dict[str, QCheckBox]:
    """The boxes beside the annotators' names, once they are there."""
    annotators = hands.app.article_list.annotators
    qtbot.waitUntil(annotators.isVisible)
    return annotators.boxes


def labels(hands: Hands) -> set[str]:
    """Whose layers are on the page, by their digits."""
    return {mark.label for mark in hands.app.page.shown.layers.between(0, 3000)}


def whom_seen(hands: Hands) -> tuple[str, ...]:
    session = hands.app.desk.session
    assert session is not None
    return seen(session.header)


def test_colleagues_are_named_and_hidden(anna: Hands, qtbot: QtBot) -> None:
    found = boxes(anna, qtbot)
    assert {name: box.isChecked() for name, box in found.items()} == {"anna": True, "boris": False}
    assert not found["anna"].isEnabled()
    assert labels(anna) == set()
    assert whom_seen(anna) == ()


def test_a_colleague_that_is_asked_for_is_shown_and_the_file_says_so(
    anna: Hands, qtbot: QtBot
) -> None:
    boxes(anna, qtbot)["boris"].click()
    assert labels(anna) == {"2"}
    assert anna.hint == "Your file says that you have seen boris's tags."
    qtbot.waitUntil(lambda: seen(anna.on_disk()) == ("boris",))


def test_the_mouse_over_a_colleagues_tag_tells_whose_it_is_and_what(
    anna: Hands, qtbot: QtBot
) -> None:
    boxes(anna, qtbot)["boris"].click()
    page = anna.app.page
    (mark, *_) = page.marks_under(QPointF(anna.place_of("Secondo la KCNA", inside=4)))
    assert page.labels.mark_words(mark) == "boris: attribution, KCNA"


def test_hiding_a_colleague_again_takes_nothing_back(anna: Hands, qtbot: QtBot) -> None:
    boxes(anna, qtbot)["boris"].click()
    boxes(anna, qtbot)["boris"].click()
    assert labels(anna) == set()
    anna.press("Ctrl+Z")
    assert whom_seen(anna) == ("boris",)


def test_by_keyboard_too(anna: Hands, qtbot: QtBot) -> None:
    boxes(anna, qtbot)["boris"].setFocus()
    anna.press("Space")
    assert labels(anna) == {"2"}
    assert boxes(anna, qtbot)["boris"].hasFocus()


def test_another_article_begins_blind(begin: Begin, folder: Path, qtbot: QtBot) -> None:
    (folder / "zz.txt").write_text("Un articolo.\n", "utf-8")
    anna = begin(folder / "annotations" / "corea-del-nord.anna.yaml")
    boxes(anna, qtbot)["boris"].click()
    anna.press("Ctrl+PgDown", "Ctrl+PgUp")
    qtbot.waitUntil(lambda: not boxes(anna, qtbot)["boris"].isChecked())
    assert labels(anna) == set()


def test_a_colleagues_file_that_cannot_be_read_is_told_and_not_shown(
    begin: Begin, folder: Path, qtbot: QtBot
) -> None:
    (folder / "annotations" / "corea-del-nord.boris.yaml").write_text("format: [\n", "utf-8")
    anna = begin(folder / "annotations" / "corea-del-nord.anna.yaml")
    boxes(anna, qtbot)["boris"].click()
    assert "corea-del-nord.boris.yaml" in anna.bar
    assert not boxes(anna, qtbot)["boris"].isChecked()
    assert whom_seen(anna) == ()


def test_where_nobody_has_tagged_nobody_is_listed(begin: Begin, folder: Path, qtbot: QtBot) -> None:
    (folder / "aa.txt").write_text("Un articolo.\n", "utf-8")
    carla = begin(folder / "aa.txt", "carla")
    assert not carla.app.article_list.annotators.isVisible()
    carla.tag("articolo", "1")
    assert list(boxes(carla, qtbot)) == ["carla"]
