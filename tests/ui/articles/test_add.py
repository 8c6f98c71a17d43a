"""Adding articles in the window: looked at first, then frozen and opened."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from annotator.storage.articles_in import child_process
from annotator.storage.articles_in.kinds import KINDS
from annotator.storage.articles_in.new_files import known_articles
from annotator.storage.files.article_header import read_header
from annotator.ui.articles.preview import ArticlePreview
from annotator.ui.settings import Settings
from tests.conftest import PATIENCE_MS
from tests.storage.articles_in.files import PAGE, PAGE_TEXT, RUSSIAN
from tests.storage.articles_in.test_child_process import endless_page
from tests.ui.articles.test_opening import drop, files, title
from tests.ui.conftest import Begin
from tests.ui.hands import Hands

KILLED = 1 if sys.platform == "win32" else -signal.SIGKILL


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A web page, a text in an old encoding and a PDF that is cut off."""
    path = tmp_path / "saved"
    path.mkdir()
    (path / "corea.html").write_text(PAGE, "utf-8")
    (path / "ru.txt").write_bytes(RUSSIAN.encode("windows-1251"))
    (path / "cut.pdf").write_bytes(b"%PDF-1.4")
    return path


@pytest.fixture
def carla(begin: Begin, folder: Path) -> Hands:
    return begin(folder, "carla")


def paste(hands: Hands, text: str, qtbot: QtBot) -> ArticlePreview:
    QGuiApplication.clipboard().setText(text)
    hands.press("Ctrl+Shift+V")
    qtbot.waitUntil(lambda: bool(previews(hands)))
    return preview(hands)


def add(hands: Hands, qtbot: QtBot) -> None:
    """Add the article that is shown, and wait until that is done."""
    shown = preview(hands)
    shown.add.click()
    qtbot.waitUntil(lambda: shown not in previews(hands))


def preview(hands: Hands) -> ArticlePreview:
    (found,) = previews(hands)
    return found


def previews(hands: Hands) -> list[ArticlePreview]:
    return [one for one in hands.window.findChildren(ArticlePreview) if one.isVisible()]


def gone(hands: Hands, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not previews(hands))


def chosen(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> list[str]:
    asked: list[str] = []

    def choose(_: object, __: str, ___: str, kinds: str) -> tuple[list[str], str]:
        asked.append(kinds)
        return list(map(str, paths)), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    return asked


# From the clipboard


def test_a_pasted_article_is_kept_exactly_and_opened(
    carla: Hands, folder: Path, qtbot: QtBot
) -> None:
    dialog = paste(carla, "Yonhap\u00a0ha scritto:\r\n«piove»\u2028così.", qtbot)
    text = "Yonhap\u00a0ha scritto:\n«piove»\u2028così."
    assert (dialog.folder.text(), dialog.name.text()) == (str(folder), "article")
    assert not dialog.encoding.isEnabled()
    dialog.lines["title"].setText("Piove")
    add(carla, qtbot)
    assert (folder / "article.txt").read_bytes().decode() == text
    assert carla.app.page.article.text == text
    header = read_header(folder / "article.txt")
    assert header
    assert (header.title, header.language, header.original) == ("Piove", "it", None)


def test_a_headline_is_the_title_and_names_the_article(
    carla: Hands, folder: Path, qtbot: QtBot
) -> None:
    dialog = paste(carla, "Seoul says troops were sent\n\nYonhap reported it on Monday.\n", qtbot)
    assert dialog.lines["title"].text() == "Seoul says troops were sent"
    add(carla, qtbot)
    assert (folder / "Seoul-says-troops-were-sent.txt").exists()


def test_the_fields_do_not_touch_what_stands_beside_them(carla: Hands, qtbot: QtBot) -> None:
    dialog = paste(carla, "Yonhap ha scritto che piove in tutta la penisola.", qtbot)
    language = dialog.lines["language"].geometry()
    assert dialog.language_name.geometry().left() - language.right() >= 8


def test_a_name_that_is_taken_gets_a_number(carla: Hands, folder: Path, qtbot: QtBot) -> None:
    before = (folder / "corea-del-nord.txt").read_bytes()
    dialog = paste(carla, "Yonhap ha scritto.", qtbot)
    dialog.name.setText("Corea-del-Nord")
    add(carla, qtbot)
    assert title(carla).startswith("Corea-del-Nord-2.txt")
    assert (folder / "corea-del-nord.txt").read_bytes() == before


def test_a_text_that_is_here_already_is_said_to_be(
    carla: Hands, folder: Path, qtbot: QtBot
) -> None:
    dialog = paste(carla, (folder / "corea-del-nord.txt").read_text("utf-8"), qtbot)
    dialog.name.setText("again")
    add(carla, qtbot)
    assert carla.bar == "The text of again is here already, as corea-del-nord.txt."
    assert not (folder / "again.txt").exists()


def test_a_file_that_was_copied_is_pasted_as_the_article_in_it(
    carla: Hands, saved: Path, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setMimeData(files(saved / "corea.html"))
    carla.press("Ctrl+Shift+V")
    qtbot.waitUntil(lambda: bool(previews(carla)))
    assert preview(carla).text.toPlainText() == PAGE_TEXT


def test_an_empty_clipboard_is_said_to_be_empty(carla: Hands) -> None:
    QGuiApplication.clipboard().clear()
    carla.press("Ctrl+Shift+V")
    assert carla.hint.startswith("There is no text in the clipboard")


def test_nothing_is_written_when_the_preview_is_closed(
    carla: Hands, folder: Path, qtbot: QtBot
) -> None:
    before = sorted(folder.iterdir())
    paste(carla, "Yonhap ha scritto.", qtbot).reject()
    gone(carla, qtbot)
    assert sorted(folder.iterdir()) == before
    assert title(carla).startswith("corea-del-nord.txt")


def test_what_is_added_is_tagged_by_whoever_this_run_is_for(
    begin: Begin, folder: Path, qtbot: QtBot
) -> None:
    Settings().put("annotator", "anna")
    carla = begin(folder / "corea-del-nord.txt", "carla")
    paste(carla, "Yonhap ha scritto.", qtbot)
    add(carla, qtbot)
    session = carla.app.desk.session
    assert session
    assert session.path.name == "article.carla.yaml"
    assert Settings().text("annotator") == "anna"


def test_the_sample_gets_no_articles(begin: Begin, qtbot: QtBot) -> None:
    dialog = paste(begin(), "Yonhap ha scritto.", qtbot)
    assert dialog.folder.text() == str(Path.home() / "articles")


def test_the_window_lives_on_while_a_large_folder_is_looked_through(
    carla: Hands, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = Event()

    def look_through(where: Path) -> dict[str, Path]:
        assert looked.wait(PATIENCE_MS / 1000)
        return known_articles(where)

    monkeypatch.setattr("annotator.ui.articles.preview.known_articles", look_through)
    dialog = paste(carla, "Yonhap ha scritto.", qtbot)
    dialog.add.click()
    assert (dialog.remark.text(), dialog.entries.isEnabled()) == ("Adding it …", False)
    dialog.reject()
    assert previews(carla) == [dialog]
    looked.set()
    gone(carla, qtbot)
    assert title(carla).startswith("article.txt")
    assert (folder / "article.txt").exists()


def test_what_was_entered_stays_when_the_article_cannot_be_added(
    carla: Hands, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("")
    dialog = paste(carla, "Yonhap ha scritto.", qtbot)
    dialog.lines["title"].setText("Yonhap")
    dialog.folder.setText(str(tmp_path / "file" / "articles"))
    dialog.add.click()
    qtbot.waitUntil(dialog.entries.isEnabled)
    assert str(tmp_path / "file") in dialog.remark.text()
    assert dialog.folder.hasFocus()
    dialog.folder.setText(str(folder))
    add(carla, qtbot)
    header = read_header(folder / "article.txt")
    assert header
    assert header.title == "Yonhap"


def test_after_a_text_that_is_no_article_another_one_can_be_pasted(
    carla: Hands, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("Yonhap\0ha scritto.")
    carla.press("Ctrl+Shift+V")
    qtbot.waitUntil(lambda: carla.bar.startswith("The clipboard:1: "))
    assert paste(carla, "Yonhap ha scritto.", qtbot).text.toPlainText() == "Yonhap ha scritto."


def test_what_cannot_be_kept_is_told_while_it_is_typed(carla: Hands, qtbot: QtBot) -> None:
    dialog = paste(carla, "Yonhap ha scritto che piove in tutta la penisola.", qtbot)
    assert dialog.language_name.text() == "Italian"
    dialog.lines["date"].setText("28.4.2025")
    assert (dialog.add.isEnabled(), dialog.remark.text()) == (
        False,
        "Write the date as 2025-04-28.",
    )
    dialog.lines["date"].setText("2025-04")
    dialog.lines["language"].setText("Italian!")
    assert dialog.remark.text().startswith("Write the language as a code")
    dialog.lines["language"].setText("ko")
    assert (dialog.language_name.text(), dialog.add.isEnabled()) == ("Korean", True)
    dialog.name.setText(" ")
    assert not dialog.add.isEnabled()
    dialog.name.setText("a")
    assert dialog.remark.text() == "From the clipboard, 49 characters"


def test_an_arabic_text_begins_at_the_right_as_it_will_on_the_page(
    carla: Hands, qtbot: QtBot
) -> None:
    shown = paste(carla, "أعلنت الوكالة أن القوات وصلت.\n\nYonhap reported it.", qtbot).text
    first = shown.cursorRect().right()
    shown.moveCursor(QTextCursor.MoveOperation.End)
    shown.moveCursor(QTextCursor.MoveOperation.StartOfLine)
    second = shown.cursorRect().left()
    assert (first > shown.viewport().width() * 3 / 4, second < 20) == (True, True)


# From files


def test_files_are_read_and_looked_at_one_after_the_other(
    carla: Hands, folder: Path, saved: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = chosen(monkeypatch, saved / "corea.html", saved / "cut.pdf", saved / "ru.txt")
    carla.press("Ctrl+N")
    qtbot.waitUntil(lambda: bool(previews(carla)))
    assert all(kind.title in asked[0] for kind in KINDS)
    first = preview(carla)
    assert first.text.toPlainText() == PAGE_TEXT
    assert first.windowTitle() == "Add an article (1 more to come)"
    assert {key: line.text() for key, line in first.lines.items()} == {
        "title": "La Corea del Nord conferma",
        "date": "2025-04-28",
        "byline": "Anna Rossi",
        "language": "it",
        "address": "https://news.example/corea",
    }
    add(carla, qtbot)
    qtbot.waitUntil(lambda: previews(carla) not in ([], [first]))
    second = preview(carla)
    assert (second.encoding.currentText(), second.name.text()) == ("windows-1251", "ru")
    add(carla, qtbot)
    assert title(carla).startswith("corea.txt")
    assert "cut.pdf: this is no PDF, or a damaged one" in carla.bar
    assert (folder / "ru.txt").read_text("utf-8") == RUSSIAN
    assert carla.app.article_list.list.model().rowCount() == 3


def test_another_encoding_shows_another_text_and_keeps_what_was_typed(
    carla: Hands, folder: Path, saved: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(monkeypatch, saved / "ru.txt")
    carla.press("Ctrl+N")
    qtbot.waitUntil(lambda: bool(previews(carla)))
    dialog = preview(carla)
    dialog.lines["title"].setFocus()
    carla.type("Zakon")
    dialog.encoding.textActivated.emit("koi8-r")
    assert (dialog.remark.text(), dialog.add.isEnabled()) == ("Reading it as koi8-r …", False)
    qtbot.waitUntil(dialog.add.isEnabled)
    assert dialog.text.toPlainText() == RUSSIAN.encode("windows-1251").decode("koi8-r")
    assert dialog.lines["title"].text() == "Zakon"
    dialog.encoding.textActivated.emit("utf-8")
    qtbot.waitUntil(lambda: "it is not in utf-8" in dialog.remark.text())
    assert (dialog.encoding.currentText(), dialog.add.isEnabled()) == ("koi8-r", True)
    dialog.encoding.textActivated.emit("windows-1251")
    qtbot.waitUntil(dialog.add.isEnabled)
    add(carla, qtbot)
    header = read_header(folder / "ru.txt")
    assert header
    assert header.original
    assert (header.title, header.original.encoding) == ("Zakon", "windows-1251")


def test_why_a_file_gives_no_article_is_told_in_place_of_what_was_told_before(
    carla: Hands, saved: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "picture.png").write_bytes(b"PNG")
    assert drop(carla, files(tmp_path / "picture.png"))
    qtbot.waitUntil(lambda: "articles are not taken from such files, only from" in carla.bar)
    assert drop(carla, files(saved / "cut.pdf"))
    qtbot.waitUntil(lambda: "this is no PDF, or a damaged one" in carla.bar)


def test_what_many_broken_files_are_refused_for_fits_above_the_text(
    carla: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = [tmp_path / f"{nth}.pdf" for nth in range(9)]
    for path in broken:
        path.write_bytes(b"%PDF-1.4")
    assert drop(carla, files(*broken))
    qtbot.waitUntil(lambda: "5 more files gave no new article." in carla.bar)
    assert len(carla.bar.split("\n")) == 5
    assert carla.app.message_bar.property("bad") is True


def test_one_article_is_added_at_a_time(carla: Hands, qtbot: QtBot) -> None:
    paste(carla, "Yonhap ha scritto.", qtbot)
    carla.app.actions["file.paste"].trigger()
    assert carla.hint.startswith("Another article is being added")


def test_a_file_that_is_being_read_does_not_keep_the_program_from_ending(
    carla: Hands, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    (tmp_path / "endless.html").write_text(endless_page(), "utf-8")
    assert drop(carla, files(tmp_path / "endless.html"))
    qtbot.waitUntil(lambda: bool(child_process._at_work))
    reading = child_process._at_work[0]._process
    qapp.aboutToQuit.emit()
    assert reading.wait(PATIENCE_MS / 1000) == KILLED
    qtbot.waitUntil(lambda: not child_process._at_work)
    assert (carla.bar, previews(carla)) == ("", [])


# Dropped


def test_a_page_dropped_on_the_window_is_added_and_an_article_is_opened(
    carla: Hands, saved: Path, folder: Path, qtbot: QtBot
) -> None:
    assert drop(carla, files(saved / "corea.html"))
    qtbot.waitUntil(lambda: bool(previews(carla)))
    add(carla, qtbot)
    assert title(carla).startswith("corea.txt")
    assert drop(carla, files(folder / "corea-del-nord.txt"))
    qtbot.waitUntil(lambda: title(carla).startswith("corea-del-nord.txt"))


def test_what_is_dropped_and_gives_no_article_is_told(
    carla: Hands, saved: Path, qtbot: QtBot
) -> None:
    assert drop(carla, files(saved / "cut.pdf"))
    qtbot.waitUntil(lambda: "this is no PDF, or a damaged one" in carla.bar)
    assert not drop(carla, QMimeData())
