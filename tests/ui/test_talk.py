from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.ui.talk import Talk
from annotator.ui.widgets.message_bar import MessageBar


@pytest.fixture
def bar() -> MessageBar:
    return MessageBar()


@pytest.fixture
def hint() -> QLabel:
    return QLabel()


@pytest.fixture
def talk(qtbot: QtBot, bar: MessageBar, hint: QLabel) -> Talk:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addWidget(hint)
    window.show()
    return Talk(window, bar, hint)


def meanwhile(act: Callable[[QDialog], object]) -> None:
    """Does something in the dialog that is asked next."""

    def meet() -> None:
        waiting = QApplication.activeModalWidget()
        if isinstance(waiting, QDialog):
            act(waiting)
        else:
            QTimer.singleShot(0, meet)

    QTimer.singleShot(0, meet)


def offers(bar: MessageBar) -> list[QPushButton]:
    return [button for button in bar.findChildren(QPushButton) if button.isVisible()]


def test_a_sentence_stays_until_it_is_closed(talk: Talk, bar: MessageBar) -> None:
    talk.tell("The sample is yours.")
    assert bar.isVisible()
    assert bar.sentence.text() == bar.accessibleName() == "The sample is yours."
    (close,) = offers(bar)
    close.click()
    assert not bar.isVisible()


def test_an_offer_is_done_and_closes_the_bar(talk: Talk, bar: MessageBar) -> None:
    done: list[str] = []
    talk.tell("Not saved.", ("Try again", lambda: done.append("again")))
    offers(bar)[0].click()
    assert done == ["again"]
    assert not bar.isVisible()


def test_a_new_sentence_takes_the_place_of_the_old_one_and_its_offers(
    talk: Talk, bar: MessageBar
) -> None:
    talk.tell("One.", ("Do one", lambda: None))
    talk.tell("Two.", ("Do two", lambda: None))
    assert bar.sentence.text() == "Two."
    assert [offer.text() for offer in offers(bar)] == ["Do two", "Close"]


def test_an_offer_may_say_something_itself(talk: Talk, bar: MessageBar) -> None:
    talk.tell("One.", ("Go on", lambda: talk.tell("Two.")))
    offers(bar)[0].click()
    assert bar.isVisible()
    assert bar.sentence.text() == "Two."


def test_a_warning_looks_otherwise_and_is_logged(
    talk: Talk, bar: MessageBar, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        talk.warn("The disk is full.")
    assert bar.property("bad") is True
    assert caplog.messages == ["The disk is full."]
    talk.tell("There is room again.")
    assert bar.property("bad") is False


def test_the_name_of_a_file_is_never_taken_for_markup(talk: Talk, bar: MessageBar) -> None:
    talk.tell("<b>a.txt</b> is missing.")
    assert bar.sentence.textFormat() is Qt.TextFormat.PlainText


def test_a_hint_is_in_the_status_bar_for_a_while(
    talk: Talk, hint: QLabel, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.talk.HINT_MS", 1)
    talk.hint("Marked as done.")
    assert hint.text() == "Marked as done."
    qtbot.waitUntil(lambda: hint.text() == "")


def test_a_line_of_text_is_asked_for_with_a_proposal(talk: Talk) -> None:
    def type_a_name(asked: QDialog) -> None:
        assert isinstance(asked, QInputDialog)
        assert asked.textValue() == "anna"
        asked.setTextValue("  Anna Rossi ")
        asked.accept()

    meanwhile(type_a_name)
    assert talk.ask_text("Your name:", "anna") == "Anna Rossi"


@pytest.mark.parametrize("act", [QDialog.reject, lambda asked: asked.setTextValue(" ")])
def test_no_name_is_none(talk: Talk, act: Callable[[QDialog], object]) -> None:
    def answer(asked: QDialog) -> None:
        act(asked)
        asked.accept() if asked.isVisible() else None

    meanwhile(answer)
    assert talk.ask_text("Your name:", "") is None


@pytest.mark.parametrize("nth", [0, 1])
def test_a_choice_is_told_by_its_place(talk: Talk, nth: int) -> None:
    def choose(asked: QDialog) -> None:
        assert isinstance(asked, QMessageBox)
        assert asked.text() == "Which version?"
        assert "Theirs: x" in asked.informativeText()
        asked.buttons()[nth].click()

    meanwhile(choose)
    assert talk.choose("Which version?", "Theirs: x", "Theirs", "Mine") == nth


def test_esc_is_the_last_answer(talk: Talk) -> None:
    meanwhile(lambda asked: QTest.keySequence(asked, "Esc"))
    assert talk.choose("Which version?", "", "Theirs", "Mine") == 1


def test_where_it_is_narrow_the_offers_stand_below_the_sentence(
    qtbot: QtBot, bar: MessageBar
) -> None:
    qtbot.addWidget(bar)
    bar.show_sentence("This is a sample.", (("Open a folder…", int), ("Paste", int)), bad=False)
    places = []
    for width in (1200, 400):
        bar.resize(width, 200)
        QApplication.processEvents()
        offer = offers(bar)[0].geometry()
        places.append(offer.top() >= bar.sentence.geometry().bottom())
        assert offers(bar)[-1].geometry().right() <= width
    assert places == [False, True]


def test_enter_is_the_last_answer_since_that_one_loses_nothing(talk: Talk) -> None:
    meanwhile(lambda asked: QTest.keySequence(asked, "Return"))
    assert talk.choose("Not saved.", "", "Leave without saving", "Stay") == 1
