"""The few dialogs, as an editor sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
)

from tests.ui.conftest import Begin
from tests.ui.hands import Hands


def opened(hands: Hands, command: str) -> QDialog:
    """The dialog that a command opens."""
    hands.app.actions[command].trigger()
    QApplication.processEvents()
    (dialog,) = hands.window.findChildren(QDialog)
    return dialog


def words_of(dialog: QDialog) -> str:
    """All that is written in a dialog."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_the_key_list_calls_undo_undo_whatever_it_would_take_back(carla: Hands) -> None:
    carla.tag("truppe", "1")
    assert carla.app.actions["edit.undo"].text() != "&Undo"
    words = words_of(opened(carla, "help.keys"))
    assert ">Undo<" in words
    assert "Undo tag" not in words


def test_about_is_as_high_as_its_words_and_has_a_close_button(anna: Hands) -> None:
    dialog = opened(anna, "help.about")
    assert dialog.height() < 300
    assert "Source-attribution annotator" in words_of(dialog)
    dialog.findChildren(QPushButton)[0].click()
    assert not dialog.isVisible()


def test_buttons_of_dialogs_carry_no_pictures(anna: Hands) -> None:
    dialog = opened(anna, "help.about")
    (box,) = dialog.findChildren(QDialogButtonBox)
    assert [button.text().replace("&", "") for button in box.buttons()] == ["Close"]
    assert all(button.icon().isNull() for button in box.buttons())


def test_a_source_is_named_as_it_is_in_the_list_of_keys(begin: Begin, folder: Path) -> None:
    sources = folder / "sources.yaml"
    text = sources.read_text("utf-8").replace("short: RBC", 'short: "R<b>C & Co"')
    sources.write_text(text, "utf-8")
    carla = begin(folder, "carla")
    assert "Attribution to R&lt;b&gt;C &amp; Co" in words_of(opened(carla, "help.keys"))


def test_a_picture_of_the_article_is_proposed_beside_it(
    anna: Hands, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposals = []

    def choose(_: object, __: str, proposal: str, kinds: str) -> tuple[str, str]:
        proposals.append(Path(proposal))
        return str(tmp_path / "tagged"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    anna.app.actions["file.picture"].trigger()
    assert proposals == [folder / "corea-del-nord.anna.png"]
    assert not QImage(str(tmp_path / "tagged.png")).isNull()
