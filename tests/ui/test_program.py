from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from annotator.core.errors import StorageError
from annotator.storage.disk.lock import lock_path
from annotator.storage.log import start_log
from annotator.storage.saving import PreparedSave
from annotator.ui import program
from annotator.ui.tagging.tags import Tags
from annotator.ui.widgets.background import Background
from tests.ui.conftest import Begin
from tests.ui.hands import Hands
from tests.ui.tagging.test_tags import TROOPS, TURN


@pytest.fixture
def log(own_home: Path, carla: Hands, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The log's file, with the net spread under carla's window."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    path = start_log()
    assert path is not None
    assert path.is_relative_to(own_home)
    program.catch_unexpected(carla.app.talk, path)
    yield path
    logger = logging.getLogger("annotator")
    for handler in list(logger.handlers):
        handler.close()
        logger.removeHandler(handler)


def fail(*_: object) -> None:
    raise ZeroDivisionError("what nobody expected")


def test_an_unexpected_error_is_told_with_the_logs_path_and_the_window_stays(
    carla: Hands, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = carla.tag(TURN, "1")
    with monkeypatch.context() as broken:
        broken.setattr(Tags, "_has_words", fail)
        carla.press("2")
    assert "ZeroDivisionError" in carla.bar
    assert str(log) in carla.bar
    assert "Traceback" not in carla.bar
    assert "Traceback" in log.read_text("utf-8")
    assert "what nobody expected" in log.read_text("utf-8")
    assert carla.window.isVisible()
    carla.press("2")
    assert carla.get(new.id).kind == "quote"


def test_it_is_told_once_however_often_it_happens(
    carla: Hands, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tags, "_has_words", fail)
    carla.press("1")
    carla.offer("Close")
    assert carla.bar == ""
    carla.press("1", "2")
    assert carla.bar == ""
    assert log.read_text("utf-8").count("Traceback") == 3


def test_an_error_while_a_change_is_shown_loses_no_change(
    carla: Hands, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(type(carla.app.inspector), "show_annotation", fail)
        carla.select(TURN)
        carla.press("1")
    assert "no confirmed change is lost" in carla.bar
    assert [tag.words for tag in carla.tags()] == [TURN]
    carla.tag_alone(TROOPS, "1")
    carla.window.close()
    assert [tag.words for tag in carla.on_disk().annotations] == [TROOPS, TURN]


def test_an_expected_error_that_nobody_caught_is_told_as_it_stands(carla: Hands, log: Path) -> None:
    def refuse() -> None:
        raise StorageError("The disk is full; make room and save again.")

    carla.app.desk.stack.cleanChanged.connect(refuse)
    carla.app.desk.stack.cleanChanged.emit(True)
    assert carla.bar == "The disk is full; make room and save again."
    assert "Traceback" not in log.read_text("utf-8")


def test_where_no_log_can_be_written_the_window_opens_all_the_same(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = own_home / "blocked"
    blocked.write_text("", "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    assert start_log() is None
    assert "it could not be logged" in program.unexpected_sentence(ZeroDivisionError(), None)


def test_an_error_in_another_thread_is_told_in_the_windows_own(
    carla: Hands, log: Path, qtbot: QtBot
) -> None:
    def fail_there() -> None:
        error = ZeroDivisionError("what nobody expected")
        sys.excepthook(ZeroDivisionError, error, None)

    thread = Thread(target=fail_there)
    thread.start()
    thread.join()
    assert carla.bar == ""
    qtbot.waitUntil(lambda: "ZeroDivisionError" in carla.bar)
    assert "what nobody expected" in log.read_text("utf-8")


def test_an_error_that_nobody_expected_in_the_writer_is_told_and_the_next_save_goes_on(
    carla: Hands, log: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(PreparedSave, "write", fail)
        new = carla.tag(TURN, "1")
        carla.press("Ctrl+S")
        qtbot.waitUntil(lambda: "ZeroDivisionError" in carla.bar)
    assert not carla.is_saved
    carla.press("Ctrl+S")
    qtbot.waitUntil(lambda: carla.is_saved)
    assert carla.on_disk().annotations == (new,)


def test_an_error_that_nobody_expected_in_long_work_is_told(
    carla: Hands, log: Path, qtbot: QtBot
) -> None:
    Background(carla.window).start(fail)
    qtbot.waitUntil(lambda: "ZeroDivisionError" in carla.bar)


def test_the_first_window_is_no_larger_than_the_screen(begin: Begin, folder: Path) -> None:
    window = begin(folder, "carla").window
    room = window.screen().availableSize()
    window.fit_to_screen()
    assert window.width() <= room.width()
    assert window.height() < room.height()


def test_a_window_whose_size_is_remembered_keeps_it(begin: Begin, folder: Path) -> None:
    first = begin(folder, "carla").window
    first.resize(640, 500)
    assert first.close()
    again = begin(folder, "carla").window
    again.fit_to_screen()
    assert again.size() == QSize(640, 500)


@pytest.fixture
def signals() -> Iterator[None]:
    """Signals act again as before when the test has come to its end."""
    numbers = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
    former = {number: signal.getsignal(number) for number in numbers}
    yield
    signal.set_wakeup_fd(-1)
    for number, act in former.items():
        signal.signal(number, act)


@pytest.mark.usefixtures("signals")
def test_ctrl_c_in_the_terminal_closes_the_window_saved(carla: Hands, qtbot: QtBot) -> None:
    program.close_on_signals(carla.window)
    new = carla.tag(TURN, "1")
    os.kill(os.getpid(), signal.SIGINT)
    qtbot.waitUntil(lambda: not carla.window.isVisible())
    assert carla.on_disk().annotations == (new,)
    assert not lock_path(carla.file).exists()


START = """
import sys
from pathlib import Path
from annotator.ui import program
from annotator.ui.settings import Settings

application = program.make_application()
app = program.App(Settings())
app.opening.begin(Path(sys.argv[1]), None)
app.window.show()
print(*sys.modules)
app.window.close()
"""


LATER = (
    "agreement.window",
    "exchange.picture",
    "exchange.work",
    "find.find_bar",
    "keys.palette",
    "keys.settings_dialog",
    "provenance.window",
    "review.items",
    "review.panel",
    "sources.page",
    "tagging.source_picker",
)
"""What is loaded when it is first wanted."""


LATER_ELSEWHERE = {
    "annotator.core.merge",
    "annotator.core.version_words",
    "annotator.storage.files.source_patch",
}


@pytest.mark.usefixtures("own_home")
def test_a_start_loads_only_what_the_first_paint_needs(folder: Path) -> None:
    tagging = folder / "annotations" / "corea-del-nord.anna.yaml"
    start = [sys.executable, "-c", START, str(tagging)]
    told = subprocess.run(start, capture_output=True, text=True, check=True)
    loaded = {".".join(name.split(".")[:2]) for name in told.stdout.split()}
    rooms = {name for name in loaded if name.startswith("annotator.")}
    assert rooms == {"annotator.core", "annotator.storage", "annotator.ui"}
    assert not loaded & {"yaml", "jsonschema_rs", "jinja2", "rich", "lxml", "eld", "pdfminer"}
    later = {f"annotator.ui.{name}" for name in LATER}
    assert not set(told.stdout.split()) & (later | LATER_ELSEWHERE)
