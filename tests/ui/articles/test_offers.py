"""What cannot be opened as it is can be added as an article: that is offered at once."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from annotator.ui.articles.incoming import is_to_add
from annotator.ui.settings import Settings
from tests.storage.articles_in.files import PAGE, RUSSIAN, mail
from tests.ui.articles.test_add import add, preview, previews
from tests.ui.articles.test_opening import drop, files, title
from tests.ui.conftest import Begin
from tests.ui.hands import Hands

ADD = "Add as article…"
WORDS = "Perché no? La città “dorme”, secondo la Reuters, e non se ne parla più."


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Files that articles can be taken from, none of which can be opened as it is."""
    path = tmp_path / "saved"
    path.mkdir()
    document = docx.Document()
    document.add_paragraph("Yonhap reported on Monday that the troops were there.")
    document.save(str(path / "word.docx"))
    (path / "page.html").write_text(PAGE, "utf-8")
    (path / "mail.eml").write_bytes(mail())
    (path / "old.txt").write_bytes(WORDS.encode("windows-1252"))
    (path / "old.md").write_bytes(RUSSIAN.encode("windows-1251"))
    (path / "cut.pdf").write_bytes(b"%PDF-1.4")
    return path


@pytest.fixture
def named() -> None:
    """The annotator's name was given before."""
    Settings().put("annotator", "carla")


def offers(hands: Hands) -> list[str]:
    bar = hands.app.message_bar
    return [] if bar.isHidden() else [button.text() for button in bar._offers]


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("name", ["word.docx", "page.html", "mail.eml", "old.txt", "old.md"])
def test_a_file_named_on_the_command_line_is_offered_and_added(
    begin: Begin, saved: Path, name: str, qtbot: QtBot
) -> None:
    hands = begin(saved / name)
    assert offers(hands) == [ADD, "Close"]
    assert name in hands.bar
    hands.offer(ADD)
    qtbot.waitUntil(lambda: bool(previews(hands)))
    add(hands, qtbot)
    assert hands.app.desk.article
    assert hands.app.page.article.text


@pytest.mark.usefixtures("named")
def test_enter_takes_the_offer_where_nothing_else_is_open(
    begin: Begin, saved: Path, qtbot: QtBot
) -> None:
    hands = begin(saved / "word.docx")
    hands.press("Return")
    qtbot.waitUntil(lambda: bool(previews(hands)))
    preview(hands).reject()


def test_an_old_encoding_is_read_as_it_is_and_the_file_left_alone(
    begin: Begin, folder: Path, saved: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, old = begin(folder, "carla"), saved / "old.txt"
    before = old.read_bytes()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(old), ""))
    hands.press("Ctrl+Shift+O")
    assert "is not UTF-8 text" in hands.bar
    hands.offer(ADD)
    qtbot.waitUntil(lambda: bool(previews(hands)))
    assert preview(hands).folder.text() == str(saved)
    add(hands, qtbot)
    assert hands.app.page.article.text == WORDS
    assert title(hands).startswith("old-2.txt")
    assert old.read_bytes() == before


def test_one_in_the_list_of_articles_is_offered_as_well(
    begin: Begin, folder: Path, saved: Path
) -> None:
    (folder / "zold.txt").write_bytes((saved / "old.txt").read_bytes())
    hands = begin(folder / "corea-del-nord.txt", "carla")
    hands.press("Ctrl+PgDown")
    assert offers(hands) == [ADD, "Close"]
    assert title(hands).startswith("corea-del-nord.txt")


def test_one_that_is_dropped_is_offered_as_well(
    begin: Begin, folder: Path, saved: Path, qtbot: QtBot
) -> None:
    hands = begin(folder, "carla")
    assert drop(hands, files(saved / "old.txt"))
    qtbot.waitUntil(lambda: offers(hands)[:1] == [ADD])
    assert "Open another article of its folder" in offers(hands)


@pytest.mark.usefixtures("named")
def test_an_empty_folder_offers_to_begin_it(
    begin: Begin, tmp_path: Path, saved: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "new").mkdir()
    hands = begin(tmp_path / "new")
    assert offers(hands) == ["Add articles…", "Paste an article…", "Close"]
    chosen = [str(saved / "old.txt")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    hands.offer("Add articles…")
    qtbot.waitUntil(lambda: bool(previews(hands)))
    assert preview(hands).folder.text() == str(tmp_path / "new")
    add(hands, qtbot)
    assert (tmp_path / "new" / "old.txt").read_text("utf-8") == WORDS


@pytest.mark.usefixtures("named")
def test_what_is_pasted_into_an_empty_folder_lies_there(
    begin: Begin, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "new").mkdir()
    hands = begin(tmp_path / "new")
    QApplication.clipboard().setText("Yonhap reported it.")
    hands.offer("Paste an article…")
    qtbot.waitUntil(lambda: bool(previews(hands)))
    add(hands, qtbot)
    assert (tmp_path / "new" / "article.txt").exists()


@pytest.mark.usefixtures("named")
def test_a_folder_of_other_files_offers_to_add_these(
    begin: Begin, saved: Path, qtbot: QtBot
) -> None:
    for name in ("old.txt", "old.md", "cut.pdf"):
        (saved / name).unlink()
    hands = begin(saved)
    assert offers(hands)[0] == "Add 3 files as articles…"
    hands.offer("Add 3 files as articles…")
    qtbot.waitUntil(lambda: bool(previews(hands)))
    assert preview(hands).windowTitle().endswith("(2 more to come)")
    preview(hands).reject()


@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("name", ["picture.png", "gone.txt", "gone.pdf"])
def test_what_gives_no_article_is_only_told(begin: Begin, tmp_path: Path, name: str) -> None:
    if not name.startswith("gone"):
        (tmp_path / name).write_bytes(b"\x89PNG")
    hands = begin(tmp_path / name)
    assert offers(hands) == ["Close"]


def test_a_file_that_somebody_else_took_away_is_no_reason_to_add(
    begin: Begin, folder: Path
) -> None:
    hands = begin(folder, "carla")
    broken = folder / "annotations" / "corea-del-nord.anna.yaml"
    broken.write_text("- broken\n", "utf-8")
    hands.app.opening.open(broken)
    assert offers(hands) == ["Close"]
    assert not is_to_add(broken)
