"""File ▸ Earlier versions…: a mistake that was saved is found and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from annotator.core.change import Change, removed
from annotator.core.registry_edits import add_source, edit_source
from annotator.core.sources import Source
from annotator.storage.backups.versions import keep, versions
from annotator.ui.articles.earlier_versions import NONE_YET, EarlierVersions
from tests.ui.conftest import Begin
from tests.ui.hands import Hands

Ask = Callable[[Hands], EarlierVersions]


@pytest.fixture
def ask(qtbot: QtBot) -> Ask:
    """Opens the dialog with its key, and waits until it shows something."""

    def open_dialog(hands: Hands) -> EarlierVersions:
        hands.press("Ctrl+Shift+H")
        (dialog,) = hands.window.findChildren(EarlierVersions)
        qtbot.waitUntil(lambda: dialog.remark.text() != "Looking …")
        if dialog.list.count():
            wait_for_look(qtbot, dialog)
        return dialog

    return open_dialog


def wait_for_look(qtbot: QtBot, dialog: EarlierVersions) -> None:
    qtbot.waitUntil(lambda: bool(dialog.text.toPlainText() or dialog.remark.text()))


def save(hands: Hands) -> None:
    hands.app.saving.finish()


def test_a_saved_mistake_is_taken_back_and_undone_in_one_step(
    carla: Hands, ask: Ask, qtbot: QtBot
) -> None:
    claim = carla.tag_alone("truppe", "1")
    quote = carla.tag_alone("citando", "2")
    save(carla)
    before = carla.file.read_bytes()
    for tag in (claim, quote):
        carla.go_to(tag.id)
        carla.app.page.setFocus()
        carla.press("Del")
    new = carla.tag_alone("Mosca", "1")
    save(carla)
    carla.app.desk.stack.clear()
    dialog = ask(carla)
    assert dialog.list.currentItem().text().endswith("2 tags")
    told = dialog.text.toPlainText()
    assert told.startswith("Restoring this version adds 2, removes 1")
    assert "claim: “truppe”" in told
    assert "claim: “Mosca”" in told.partition("Removed")[2]
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(carla.tags()) == 2)
    assert {claim, quote} == set(carla.tags())
    assert "Restore the version of" in carla.hint
    save(carla)
    assert carla.file.read_bytes() == before
    carla.turn_to()
    carla.press("Ctrl+Z")
    assert carla.tags() == (new,)


def test_what_is_the_same_tag_is_told_as_changed(carla: Hands, ask: Ask) -> None:
    claim = carla.tag_alone("truppe", "1")
    save(carla)
    carla.go_to(claim.id)
    carla.app.page.setFocus()
    carla.press("U")
    save(carla)
    told = ask(carla).text.toPlainText()
    assert told.startswith("Restoring this version changes 1")
    assert "unattributed: article" in told


def test_where_nothing_is_kept_yet_that_is_said(anna: Hands, ask: Ask) -> None:
    dialog = ask(anna)
    assert dialog.remark.text() == NONE_YET
    assert not dialog.restore.isEnabled()
    assert not dialog.copy.isEnabled()


def test_sources_that_are_gone_come_back_with_the_tags_that_name_them(
    carla: Hands, ask: Ask
) -> None:
    carla.tag_alone("KCNA", "K")
    save(carla)
    tagged = carla.app.desk.session
    assert tagged
    (tag,) = carla.tags()
    source = carla.app.desk.registry.by_id[tag.source or ""]
    keep(tagged.sources_file, tagged.sources_file.read_bytes())
    carla.go_to(tag.id)
    carla.app.page.setFocus()
    carla.press("Del")
    lose(carla, source)
    save(carla)
    dialog = ask(carla)
    assert f"come back with it: {source.label}" in dialog.remark.text()
    dialog.restore.click()
    assert carla.app.desk.registry.by_id[source.id] == source
    assert carla.tags() == (tag,)
    carla.turn_to()
    carla.press("Ctrl+Z")
    assert source.id not in carla.app.desk.registry.by_id


def lose(hands: Hands, source: Source) -> None:
    hands.app.desk.do(Change("Delete source", sources=removed(source)))


def test_the_sources_have_versions_of_their_own(carla: Hands, ask: Ask, qtbot: QtBot) -> None:
    registry = carla.app.desk.registry
    kcna = registry.by_id["kcna"]
    carla.tag_alone("truppe", "1")
    save(carla)
    session = carla.app.desk.session
    assert session
    keep(session.sources_file, session.sources_file.read_bytes())
    carla.app.desk.do(edit_source(registry, kcna, replace(kcna, name="Another")))
    carla.app.desk.do(add_source(registry, Source(id="tass", name="TASS")))
    save(carla)
    dialog = ask(carla)
    dialog.files.setCurrentIndex(1)
    dialog.files.activated.emit(1)
    qtbot.waitUntil(lambda: "Another" in dialog.text.toPlainText())
    assert "added since stays" in dialog.remark.text()
    dialog.restore.click()
    assert carla.app.desk.registry.by_id["kcna"] == kcna
    assert "tass" in carla.app.desk.registry.by_id
    carla.turn_to()
    carla.press("Ctrl+Z")
    assert carla.app.desk.registry.by_id["kcna"].name == "Another"


def test_a_version_of_another_text_is_not_taken_back_but_can_be_copied(
    carla: Hands, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carla.tag_alone("truppe", "1")
    save(carla)
    data = carla.file.read_bytes()
    other = data.replace(b"sha256: 7", b"sha256: 0")
    assert other != data
    keep(carla.file, other)
    dialog = ask(carla)
    assert "another text of the article" in dialog.remark.text()
    assert dialog.text.toPlainText() == "It holds\nclaim: “truppe”"
    assert not dialog.restore.isEnabled()
    asked: list[str] = []

    def choose(_: object, __: str, proposal: str, ___: str) -> tuple[str, str]:
        asked.append(proposal)
        return str(tmp_path / "copy.yaml"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog.copy.click()
    assert (tmp_path / "copy.yaml").read_bytes() == other
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(carla.file), ""))
    dialog.copy.click()
    assert carla.file.read_bytes() == data
    assert "never replaced" in carla.bar


def test_a_damaged_version_is_told_of_and_the_others_can_be_read(
    carla: Hands, ask: Ask, qtbot: QtBot
) -> None:
    for words in ("truppe", "citando", "Mosca"):
        carla.tag_alone(words, "1")
        save(carla)
    versions(carla.file)[1].path.write_bytes(b"torn")
    dialog = ask(carla)
    assert "is damaged" in dialog.remark.text()
    assert not dialog.restore.isEnabled()
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.waitUntil(dialog.restore.isEnabled)
    assert dialog.text.toPlainText().startswith("Restoring this version removes 2")


def test_who_may_only_read_sees_the_versions_and_takes_none_back(
    begin: Begin, folder: Path, ask: Ask
) -> None:
    carla = begin(folder / "corea-del-nord.txt", "carla")
    for words in ("truppe", "citando"):
        carla.tag_alone(words, "1")
        save(carla)
    second = begin(folder / "corea-del-nord.txt", "carla")
    dialog = ask(second)
    assert dialog.text.toPlainText().startswith("Restoring this version removes 1")
    assert not dialog.restore.isEnabled()
    assert "open" in dialog.remark.text()
    dialog.reject()


def test_markup_in_words_is_no_markup(carla: Hands, ask: Ask) -> None:
    claim = carla.tag_alone("truppe", "1")
    carla.go_to(claim.id)
    carla.app.inspector.note.setPlainText("<b>x</b> & <img src=x>")
    carla.app.inspector.commit_note()
    save(carla)
    carla.go_to(claim.id)
    carla.app.page.setFocus()
    carla.press("Del")
    save(carla)
    assert "<b>x</b> & <img src=x>" in ask(carla).text.toPlainText()


def test_a_review_has_versions_too(review: Hands, ask: Ask) -> None:
    review.press("A")
    save(review)
    review.press("X")
    save(review)
    session = review.app.desk.session
    assert session
    decided = session.header.decisions
    dialog = ask(review)
    assert "decision on" in dialog.text.toPlainText()
    dialog.restore.click()
    assert len(session.header.decisions) < len(decided)
    review.turn_to()
    review.press("Ctrl+Z")
    assert session.header.decisions == decided
