"""File ▸ Export… and File ▸ Import…, as an editor goes through them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QFileDialog,
    QPlainTextEdit,
    QProgressBar,
    QProgressDialog,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from annotator.cli import program
from annotator.core.display_text import count
from annotator.formats import table
from annotator.formats.format import Format, Result
from annotator.ui.exchange.dialogs import ExportDialog, ImportDialog
from annotator.ui.exchange.job import Job
from tests.formats.toy import TOY
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.looking import pixels_of

GOLDEN = Path(__file__).resolve().parents[2] / "formats" / "golden"


def export_dialog(hands: Hands, name: str, scope: int = 0) -> ExportDialog:
    hands.app.actions["file.export"].trigger()
    (dialog,) = hands.window.findChildren(ExportDialog)
    dialog.formats.choose(name)
    dialog.scopes.button(scope).setChecked(True)
    return dialog


def import_dialog(hands: Hands, name: str, source: str) -> ImportDialog:
    hands.app.actions["file.import"].trigger()
    (dialog,) = hands.window.findChildren(ImportDialog)
    dialog.formats.choose(name)
    dialog.source.setText(source)
    return dialog


def told(hands: Hands) -> str:
    return "" if hands.app.message_bar.isHidden() else hands.app.message_bar.sentence.text()


def offered(hands: Hands) -> list[str]:
    buttons = hands.app.message_bar.findChildren(QPushButton)
    return [one.text() for one in buttons if one.isVisible()]


def hear(qtbot: QtBot, hands: Hands, sentence: str) -> None:
    """Wait until the sentence stands above the text."""
    qtbot.waitUntil(lambda: sentence in told(hands))


@pytest.fixture
def save_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Lets the dialog for files and folders answer with a path."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))

    return answer


def test_what_is_open_is_exported_with_what_was_just_tagged(
    carla: Hands, tmp_path: Path, save_as: Callable[[Path], None], qtbot: QtBot
) -> None:
    carla.tag("truppe", "1")
    save_as(tmp_path / "mine")
    export_dialog(carla, "csv").go.click()
    hear(qtbot, carla, "1 annotation file exported")
    assert offered(carla) == ["Open it", "Show the folder", "Close"]
    assert ",truppe," in (tmp_path / "mine.csv").read_text("utf-8-sig")


def test_the_folder_goes_into_a_folder_of_its_own(
    anna: Hands, tmp_path: Path, save_as: Callable[[Path], None], qtbot: QtBot
) -> None:
    for name in ("nk-russia-brat", "nk-russia-brat-2"):
        save_as(tmp_path)
        export_dialog(anna, "brat", scope=2).go.click()
        hear(qtbot, anna, f"exported to {tmp_path / name}.")
        assert (tmp_path / name / "corea-del-nord.boris.ann").exists()
        assert offered(anna) == ["Show the folder", "Close"]
        qtbot.waitUntil(lambda: not anna.window.findChildren(ExportDialog))


def test_pictures_of_the_whole_folder_are_painted_one_by_one(
    anna: Hands, tmp_path: Path, save_as: Callable[[Path], None], qtbot: QtBot
) -> None:
    save_as(tmp_path)
    export_dialog(anna, "png", scope=2).go.click()
    hear(qtbot, anna, "2 annotation files exported")
    assert len(list((tmp_path / "nk-russia-png").glob("*.png"))) == 2


def test_what_was_lost_is_told(
    anna: Hands,
    tmp_path: Path,
    save_as: Callable[[Path], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table, "FORMATS", (TOY,))
    save_as(tmp_path / "a.toy")
    export_dialog(anna, "toy").go.click()
    hear(qtbot, anna, "Toy cannot carry 1 note.")


def test_a_new_format_is_a_module_and_a_line_and_comes_with_the_command_line_and_the_dialogs(
    anna: Hands,
    tmp_path: Path,
    save_as: Callable[[Path], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table, "FORMATS", (*table.FORMATS, TOY))
    for way in ("export", "import"):
        helped = CliRunner().invoke(program, [way, "--help"]).stdout
        assert ["toy", "Toy", "(.toy)"] in [line.split() for line in helped.splitlines()]
    ours = tmp_path / "by_command.toy"
    told = CliRunner().invoke(program, ["export", str(anna.file), "--to", "toy", "-o", str(ours)])
    assert (told.exit_code, told.stdout) == (0, f"{ours}\n")
    assert import_dialog(anna, "toy", "").formats.form is TOY
    save_as(tmp_path / "by_window")
    export_dialog(anna, "toy").go.click()
    hear(qtbot, anna, "1 annotation file exported")
    assert (tmp_path / "by_window.toy").read_bytes() == ours.read_bytes()


def test_the_dialog_says_what_a_format_cannot_carry_or_needs(
    anna: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    needy = Format(
        name="needy",
        title="Needy",
        suffixes=(".n",),
        result=Result.ONE_FILE,
        write=TOY.write,
        extra="web",
        needs="not_installed_anywhere",
    )
    monkeypatch.setattr(table, "FORMATS", (*table.FORMATS, needy))
    dialog = export_dialog(anna, "csv")
    assert "It cannot carry the article's text" in dialog.formats.remark.text()
    dialog.formats.choose("brat")
    assert dialog.formats.remark.text() == "It carries everything."
    assert dialog.go.isEnabled()
    dialog.formats.choose("needy")
    assert "pip install" in dialog.formats.remark.text()
    assert not dialog.go.isEnabled()


def test_a_colleagues_tagging_comes_into_the_open_folder(
    carla: Hands, folder: Path, qtbot: QtBot
) -> None:
    dialog = import_dialog(carla, "brat", str(GOLDEN / "brat" / "corea-del-nord.anna.ann"))
    dialog.annotator.setText("dora")
    dialog.go.click()
    hear(qtbot, carla, "1 annotation file imported into")
    assert (folder / "annotations" / "corea-del-nord.dora.yaml").exists()


def test_ones_own_tagging_is_on_the_page_as_soon_as_it_was_imported(
    carla: Hands, folder: Path, qtbot: QtBot
) -> None:
    dialog = import_dialog(carla, "csv", str(GOLDEN / "brat"))
    assert dialog.formats.form.name == "brat"
    dialog.source.setText(str(GOLDEN / "brat" / "corea-del-nord.anna.ann"))
    dialog.annotator.setText("carla")
    dialog.go.click()
    hear(qtbot, carla, "1 annotation file imported into")
    session = carla.app.desk.session
    assert session
    assert len(session.tagging) == 23
    assert carla.app.desk.editable


def test_a_colleague_who_was_imported_stands_in_the_list(carla: Hands, qtbot: QtBot) -> None:
    dialog = import_dialog(carla, "brat", str(GOLDEN / "brat" / "corea-del-nord.anna.ann"))
    dialog.annotator.setText("dora")
    dialog.go.click()
    hear(qtbot, carla, "1 annotation file imported into")
    assert "dora" in carla.app.article_list.annotators.boxes


def test_what_is_there_already_stays_and_that_is_said_in_one_sentence(
    carla: Hands, qtbot: QtBot
) -> None:
    dialog = import_dialog(carla, "brat", str(GOLDEN / "brat" / "corea-del-nord.anna.ann"))
    dialog.annotator.setText("boris")
    dialog.go.click()
    hear(qtbot, carla, "with other tagging; it is left as it is.")
    assert told(carla).endswith("or move it away.")


def test_a_new_article_stands_in_the_list_and_what_was_left_can_be_read(
    carla: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "new.txt").write_text("Secondo la KCNA è così.", "utf-8")
    lines = "T1\tClaim 16 23\tè così.\nT2\tMood 0 7\tSecondo\nT3\n"
    (tmp_path / "new.ann").write_text(lines, "utf-8")
    dialog = import_dialog(carla, "brat", str(tmp_path / "new.ann"))
    dialog.annotator.setText("carla")
    dialog.go.click()
    hear(qtbot, carla, "2 things could not be taken")
    assert carla.app.article_list.step(1) is not None
    buttons = carla.app.message_bar.findChildren(QPushButton)
    next(one for one in buttons if one.text() == "What was left…" and one.isVisible()).click()
    (page,) = (
        one
        for one in carla.window.findChildren(QPlainTextEdit)
        if one.accessibleName() == "What could not be taken"
    )
    assert "new.ann:2: T2 Mood Secondo" in page.toPlainText()


def test_a_file_in_another_format_is_recognised_and_what_is_broken_in_it_said_at_once(
    carla: Hands, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "broken.jsonld").write_text('{"@context": "http://www.w3.org/ns/anno.jsonld",')
    dialog = import_dialog(carla, "brat", str(tmp_path / "broken.jsonld"))
    assert dialog.formats.form.name == "jsonld"
    dialog.go.click()
    hear(qtbot, carla, "Nothing new was imported.")
    assert "broken.jsonld:1: the file: the JSON breaks off" in told(carla)


def test_the_dialogs_begin_where_there_is_something_to_enter(anna: Hands) -> None:
    export, source = export_dialog(anna, "csv"), import_dialog(anna, "brat", "").source
    assert export.focusWidget() is export.formats.combo
    assert source.window().focusWidget() is source


def test_what_is_not_chosen_has_its_circle_in_the_dark_too(anna: Hands) -> None:
    anna.app.actions["view.dark"].trigger()
    button = export_dialog(anna, "csv").scopes.button(1)
    seen = pixels_of(button, QRect(0, 0, 16, button.height()))
    places = product(range(seen.width()), range(seen.height()))
    assert max(seen.pixelColor(*place).lightness() for place in places) > 120


def test_another_folder_is_offered_to_be_opened(carla: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = import_dialog(carla, "jsonld", str(GOLDEN / "jsonld"))
    dialog.folder.setText(str(tmp_path / "elsewhere"))
    dialog.go.click()
    hear(qtbot, carla, "2 annotation files, 1 new article imported")
    buttons = carla.app.message_bar.findChildren(QPushButton)
    next(one for one in buttons if one.text() == "Open the folder" and one.isVisible()).click()
    assert carla.app.desk.folder is not None
    assert carla.app.desk.folder.path == tmp_path / "elsewhere"


def test_the_import_waits_for_files_and_a_folder(carla: Hands) -> None:
    dialog = import_dialog(carla, "brat", "")
    assert not dialog.go.isEnabled()
    dialog.source.setText("a.ann; b.ann")
    assert dialog.go.isEnabled()
    assert dialog.paths == [Path("a.ann"), Path("b.ann")]
    dialog.folder.setText(" ")
    assert not dialog.go.isEnabled()


def test_what_cannot_be_imported_is_said(carla: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    import_dialog(carla, "brat", str(tmp_path / "nowhere")).go.click()
    hear(qtbot, carla, "nowhere cannot be imported")


def test_who_stops_hears_no_more_of_it_and_may_begin_again(
    begin: Begin, folder: Path, tmp_path: Path, save_as: Callable[[Path], None], qtbot: QtBot
) -> None:
    anna = begin(folder / "annotations" / "corea-del-nord.anna.yaml")
    save_as(tmp_path / "a.csv")
    export_dialog(anna, "csv").go.click()
    (exchange,) = anna.window.findChildren(Job)
    assert exchange.under_way
    (progress,) = anna.window.findChildren(QProgressDialog)
    (bar,) = progress.findChildren(QProgressBar)
    assert not bar.isTextVisible()
    progress.canceled.emit()
    assert told(anna).startswith("Stopped")
    assert not exchange.under_way
    qtbot.waitUntil(lambda: not anna.window.findChildren(ExportDialog))
    export_dialog(anna, "csv").go.click()
    hear(qtbot, anna, "1 annotation file exported")


def test_what_has_no_tags_yet_cannot_be_chosen(carla: Hands) -> None:
    carla.app.actions["file.export"].trigger()
    (dialog,) = carla.window.findChildren(ExportDialog)
    assert [(one.text(), one.isEnabled()) for one in dialog.scopes.buttons()] == [
        ("The tagging that is open (carla): nothing yet", False),
        ("Everybody's tagging of this article: 2 files", True),
        ("All tagging in the folder: 2 files", True),
    ]
    assert dialog.scopes.checkedId() == 1


def test_nothing_tagged_in_the_whole_folder_is_said_before_anything_is_asked(
    begin: Begin, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Yonhap ha scritto.", "utf-8")
    anna = begin(tmp_path / "a.txt", "anna")
    anna.app.actions["file.export"].trigger()
    assert not anna.window.findChildren(ExportDialog)
    assert "nothing tagged" in told(anna)


def test_only_one_at_a_time(
    anna: Hands, tmp_path: Path, save_as: Callable[[Path], None], qtbot: QtBot
) -> None:
    save_as(tmp_path / "a.csv")
    export_dialog(anna, "csv").go.click()
    anna.app.actions["file.import"].trigger()
    assert "still under way" in anna.app.status_bar.hint.text()
    hear(qtbot, anna, "exported")
    assert count(1, "annotation file") in told(anna)


@pytest.mark.parametrize("name", ["corea-del-nord.txt", "sources.yaml", "new.txt"])
@pytest.mark.parametrize("form", ["csv", "html", "png"])
def test_the_users_own_files_are_never_replaced_whatever_was_chosen(
    anna: Hands,
    folder: Path,
    save_as: Callable[[Path], None],
    qtbot: QtBot,
    name: str,
    form: str,
) -> None:
    before = {path: path.read_bytes() for path in folder.glob("*.*")}
    save_as(folder / name)
    export_dialog(anna, form).go.click()
    hear(qtbot, anna, "choose another name or folder")
    assert {path: path.read_bytes() for path in folder.glob("*.*")} == before


def test_the_dialog_asks_about_a_file_that_only_the_ending_makes_the_same(
    anna: Hands, tmp_path: Path, save_as: Callable[[Path], None], qtbot: QtBot
) -> None:
    (tmp_path / "mine.csv").write_text("dear to somebody", "utf-8")
    save_as(tmp_path / "mine")
    anna.answers = [1, 0]
    export_dialog(anna, "csv").go.click()
    assert anna.asked[0].startswith("mine.csv is there already. Replace it?")
    assert (tmp_path / "mine.csv").read_text("utf-8") == "dear to somebody"
    qtbot.waitUntil(lambda: not anna.window.findChildren(ExportDialog))
    export_dialog(anna, "csv").go.click()
    hear(qtbot, anna, "1 annotation file exported")
    assert (tmp_path / "mine.csv").read_text("utf-8-sig").startswith("article")
