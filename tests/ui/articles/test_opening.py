from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import PySide6
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from annotator.storage.disk.journal import journal_path
from annotator.ui.articles import opening
from annotator.ui.settings import Settings
from tests.ui.conftest import Begin
from tests.ui.hands import LEFT, Hands
from tests.ui.tagging.test_tags import TURN


@pytest.fixture
def three(tmp_path: Path, seeds: Path) -> Path:
    """A folder of three articles, none of them tagged, with the sources of the sample."""
    path = tmp_path / "three"
    path.mkdir()
    shutil.copy(seeds / "sources.yaml", path)
    for number, source in ((1, "KCNA"), (2, "Yonhap"), (10, "RBC")):
        (path / f"{number}.txt").write_text(f"Secondo {source}, piove.\n", "utf-8")
    return path


def title(hands: Hands) -> str:
    return hands.window.windowTitle().split("[*]")[0]


# The first start, and the next one


def test_the_first_start_shows_the_sample_as_the_users_own_copy(
    begin: Begin, own_home: Path, seeds: Path
) -> None:
    hands = begin()
    assert hands.app.page.hasFocus()
    assert hands.app.page.article.text == (seeds / "corea-del-nord.txt").read_text("utf-8")
    assert len(hands.tags()) == 23
    assert hands.file.is_relative_to(own_home)
    assert hands.asked == []


def test_the_first_start_makes_three_offers(begin: Begin) -> None:
    bar = begin().app.message_bar
    labels = [offer.text() for offer in bar.findChildren(QPushButton)]
    assert bar.sentence.text().startswith("This is a sample article")
    assert labels == ["Open a folder…", "Paste an article…", "Open an article…", "Close"]


def test_trying_the_sample_out_changes_no_seed(begin: Begin, seeds: Path) -> None:
    before = {path: path.read_bytes() for path in seeds.rglob("*") if path.is_file()}
    hands = begin()
    hands.tag_alone("Notizia", "1")
    hands.window.close()
    assert {path: path.read_bytes() for path in seeds.rglob("*") if path.is_file()} == before


def test_the_next_start_opens_what_lay_open_last(begin: Begin, folder: Path) -> None:
    first = begin(folder / "corea-del-nord.txt", "carla")
    new = first.tag(TURN, "1")
    first.window.close()
    again = begin()
    assert again.file == first.file
    assert again.tags() == (new,)


def test_size_of_text_panels_and_window_are_remembered(begin: Begin, folder: Path) -> None:
    first = begin(folder / "corea-del-nord.txt", "carla")
    first.press("Ctrl++", "Ctrl++")
    first.window.resize(777, 555)
    first.window.splitter.setSizes([150, 400, 227])
    sizes = first.window.splitter.sizes()
    first.window.close()
    again = begin()
    assert again.app.page.font().pointSizeF() == 14
    assert again.window.size().toTuple() == (777, 555)
    assert again.window.splitter.sizes() == sizes


def test_hidden_panels_and_the_list_in_front_are_remembered(begin: Begin, folder: Path) -> None:
    first = begin(folder / "corea-del-nord.txt", "carla")
    first.press("Alt+2", "F6", "F7")
    first.window.close()
    again = begin()
    assert again.app.article_list.isHidden()
    assert again.window.tabs.currentWidget() is again.app.all_tags
    again.press("F7", "F8")
    again.window.close()
    last = begin()
    assert last.app.article_list.isVisible()
    assert last.window.inspector_side.isHidden()
    last.window.toggle_inspector()
    assert last.app.inspector.isVisible()


# Whose tagging it is


def test_the_annotators_name_is_asked_once(begin: Begin, folder: Path) -> None:
    first = begin(folder / "corea-del-nord.txt", answers=["Carla Rossi"])
    assert len(first.asked) == 1
    assert first.asked[0].startswith("Your name")
    assert first.file.name == "corea-del-nord.carla-rossi.yaml"
    first.window.close()
    again = begin(folder)
    assert again.asked == []
    assert again.file == first.file


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_where_the_system_tells_no_name_none_is_proposed(
    begin: Begin, folder: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def tell(*_: object) -> str:
        raise error

    monkeypatch.setattr("getpass.getuser", tell)
    hands = begin(folder, answers=["carla"])
    assert hands.asked == ["Your name, as your colleagues will see it in your files:\n"]
    assert hands.app.desk.session
    assert hands.app.desk.session.annotator == "carla"


def test_without_a_name_the_folder_can_be_read_and_the_next_start_asks_again(
    begin: Begin, folder: Path, seeds: Path
) -> None:
    before = files_below(folder)
    first = begin(folder, answers=[None])
    assert first.app.page.article.text == (seeds / "corea-del-nord.txt").read_text("utf-8")
    assert first.tags() == ()
    assert first.bar == opening.NAMELESS
    first.select(TURN)
    first.press("1")
    assert first.tags() == ()
    assert first.hint == opening.NAMELESS
    first.window.close()
    assert files_below(folder) == before
    again = begin(folder, answers=["carla"])
    assert again.file.name == "corea-del-nord.carla.yaml"


def test_a_name_given_later_opens_the_article_for_tagging(begin: Begin, three: Path) -> None:
    hands = begin(three, answers=[None, None, "Carla"])
    hands.press("Ctrl+PgDown")
    assert title(hands).startswith("2.txt")
    hands.offer("Give a name…")
    assert hands.bar == opening.NAMELESS
    hands.offer("Give a name…")
    assert (title(hands)[:5], hands.file.name, hands.bar) == ("2.txt", "2.carla.yaml", "")
    hands.tag("Secondo Yonhap", "Y")
    assert len(hands.asked) == 3


def test_a_name_given_in_the_settings_opens_the_article_for_tagging(
    begin: Begin, three: Path
) -> None:
    hands = begin(three, answers=[None])
    Settings().put("annotator", "carla")
    hands.app.opening.take_name()
    assert hands.file.name == "1.carla.yaml"


def test_without_a_name_a_review_asks_for_it(begin: Begin, folder: Path) -> None:
    hands = begin(folder, answers=[None, None, "carla"])
    hands.press("Ctrl+R")
    assert (hands.app.desk.is_reviewing(), hands.hint) == (False, opening.NAMELESS)
    hands.press("Ctrl+R")
    assert hands.app.desk.is_reviewing()
    assert hands.file.name == "corea-del-nord.carla.review.yaml"


def test_a_name_on_the_command_line_is_not_asked_and_remembered(begin: Begin, folder: Path) -> None:
    begin(folder, "carla").window.close()
    again = begin(folder)
    assert again.asked == []
    assert again.file.name == "corea-del-nord.carla.yaml"


def test_looking_at_a_colleagues_file_leaves_the_own_name_alone(begin: Begin, folder: Path) -> None:
    begin(folder, "carla").window.close()
    begin(folder / "annotations" / "corea-del-nord.boris.yaml").window.close()
    assert Settings().text("annotator") == "carla"


# A folder of articles


def test_ctrl_page_down_and_up_go_through_the_folder(begin: Begin, three: Path) -> None:
    hands = begin(three, "carla")
    assert title(hands).startswith("1.txt")
    hands.press("Ctrl+PgDown")
    assert title(hands).startswith("2.txt")
    hands.press("Ctrl+PgDown")
    assert title(hands).startswith("10.txt")
    hands.press("Ctrl+PgDown")
    assert hands.hint == "There is no further article this way."
    hands.press("Ctrl+PgUp", "Ctrl+PgUp")
    assert title(hands).startswith("1.txt")


def test_leaving_an_article_saves_it(begin: Begin, three: Path) -> None:
    hands = begin(three, "carla")
    new, file = hands.tag("Secondo KCNA", "K"), hands.file
    hands.press("Ctrl+PgDown")
    assert hands.tags() == ()
    assert not hands.app.desk.stack.canUndo()
    assert new.id in file.read_text("utf-8")
    assert not journal_path(file).exists()
    hands.press("Ctrl+PgUp")
    assert hands.tags() == (new,)


def test_a_click_in_the_list_of_articles_opens_one(begin: Begin, three: Path) -> None:
    hands = begin(three, "carla")
    rows = hands.app.article_list.list
    place = rows.visualRect(rows.model().index(2, 0)).center()
    QTest.mouseClick(rows.viewport(), LEFT, pos=place)
    assert title(hands).startswith("10.txt")
    assert hands.app.page.hasFocus()


def test_the_list_shows_how_far_each_article_is(begin: Begin, three: Path) -> None:
    hands = begin(three, "carla")
    hands.tag("Secondo KCNA", "K")
    hands.press("Ctrl+Return", "Ctrl+PgDown")
    hands.tag("Secondo Yonhap", "Y")
    hands.press("Ctrl+PgDown")
    model = hands.app.article_list.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]
    assert told == ["1, done", "2, 1 tag", "10, untouched"]


# What cannot be opened


def test_a_file_that_cannot_be_read_leaves_the_last_good_state_on_the_screen(
    begin: Begin, three: Path
) -> None:
    hands = begin(three, "carla")
    new = hands.tag("Secondo KCNA", "K")
    broken = three / "annotations" / "2.carla.yaml"
    broken.write_text("format: source-attribution/1\n- broken\n", "utf-8")
    hands.press("Ctrl+PgDown")
    assert hands.bar.startswith(f"{broken}:2: ")
    assert title(hands).startswith("1.txt")
    assert hands.tags() == (new,)
    assert broken.read_text("utf-8") == "format: source-attribution/1\n- broken\n"
    hands.press("Ctrl+Z", "Ctrl+Y")
    assert hands.tags() == (new,)


def test_an_article_that_is_no_text_is_told_in_a_sentence(begin: Begin, three: Path) -> None:
    (three / "2.txt").write_bytes(b"Yonhap\n\xff\xfe ha scritto")
    hands = begin(three, "carla")
    hands.press("Ctrl+PgDown")
    assert "2.txt:2: byte 0xff is not UTF-8 text" in hands.bar
    assert title(hands).startswith("1.txt")


def test_an_article_that_has_vanished_is_told_in_a_sentence(begin: Begin, three: Path) -> None:
    hands = begin(three, "carla")
    (three / "2.txt").unlink()
    hands.press("Ctrl+PgDown")
    assert "2.txt" in hands.bar
    assert title(hands).startswith("1.txt")


def test_a_file_from_a_newer_program_is_left_alone(begin: Begin, folder: Path) -> None:
    hands = begin(folder, "carla")
    newer = folder / "annotations" / "corea-del-nord.boris.yaml"
    newer.write_text(newer.read_text("utf-8").replace("attribution/1", "attribution/3"), "utf-8")
    before = newer.read_bytes()
    hands.app.opening.open(newer)
    assert "corea-del-nord.boris.yaml:1: " in hands.bar
    assert newer.read_bytes() == before
    assert hands.file.name == "corea-del-nord.carla.yaml"


# Asked for a file


def test_ctrl_o_opens_the_folder_that_is_chosen(
    begin: Begin, folder: Path, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = begin(folder, "carla")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(three))
    hands.press("Ctrl+O")
    assert title(hands).startswith("1.txt")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(three / "10.txt"), ""))
    hands.press("Ctrl+Shift+O")
    assert title(hands).startswith("10.txt")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    hands.press("Ctrl+O")
    assert title(hands).startswith("10.txt")


# Dropped on the window


def drop(hands: Hands, data: QMimeData) -> bool:
    """Drag something over the text and let it go there; whether it was taken."""
    window, place = hands.window, QPoint(500, 300)
    holding = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    # From Qt 6.12 on it takes a place between pixels and warns of whole ones; before, only whole.
    exact: Any = QPointF(place) if PySide6.__version_info__ >= (6, 12) else place
    over = QDragEnterEvent(exact, actions, data, *holding)
    over.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(window, over)
    if over.isAccepted():
        assert over.dropAction() is Qt.DropAction.CopyAction  # the file stays where it is
        dropped = QDropEvent(QPointF(place), actions, data, *holding)
        QApplication.sendEvent(window, dropped)
    return over.isAccepted()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_folder_or_an_article_dropped_on_the_window_is_opened(
    begin: Begin, folder: Path, three: Path, qtbot: QtBot
) -> None:
    hands = begin(folder, "carla")
    assert drop(hands, files(three))
    qtbot.waitUntil(lambda: title(hands).startswith("1.txt"))
    assert drop(hands, files(three / "10.txt", three / "2.txt"))
    qtbot.waitUntil(lambda: title(hands).startswith("10.txt"))


def test_a_file_dropped_that_cannot_be_opened_is_told(
    begin: Begin, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    hands, picture = begin(folder, "carla"), tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG")
    assert drop(hands, files(picture))
    qtbot.waitUntil(lambda: "is not UTF-8 text" in hands.bar)
    assert title(hands).startswith("corea-del-nord.txt")


def test_what_is_no_file_is_not_taken(begin: Begin, folder: Path) -> None:
    data = QMimeData()
    data.setText("Secondo la KCNA")
    assert not drop(begin(folder, "carla"), data)
    data.setUrls([QUrl("https://example.org/a.txt")])
    assert not drop(begin(folder, "carla"), data)
