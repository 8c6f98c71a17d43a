"""A window on a copy of the seeds, as an editor finds it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.app import App
from annotator.ui.program import make_application
from annotator.ui.settings import Settings
from tests.ui.hands import Hands

Answers = Sequence[str | int | None]


class Begin(Protocol):
    """Opens a window on a path for an annotator, both as they may stand on the command line."""

    def __call__(
        self, path: Path | None = None, annotator: str | None = None, answers: Answers = ()
    ) -> Hands: ...


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], QApplication]:
    """The application as the program makes it."""
    return lambda _: make_application()


@pytest.fixture(scope="session", autouse=True)
def nothing_copied(qapp: QApplication) -> Iterator[None]:
    """Empties the clipboard at the end: without a screen it outlives what Python put there."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Path:
    """A copy of the seeds."""
    return Path(shutil.copytree(seeds, tmp_path / "nk-russia"))


@pytest.fixture
def begin(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """Starts the program's window; at the end of the test each one closes, saved."""
    apps: list[App] = []

    def start(
        path: Path | None = None, annotator: str | None = None, answers: Answers = ()
    ) -> Hands:
        app = App(Settings())
        apps.append(app)
        hands = Hands(app, answers)
        monkeypatch.setattr(app.talk, "choose", hands.answer)
        monkeypatch.setattr(app.talk, "ask_text", hands.answer)
        app.opening.begin(path, annotator)
        app.window.show()
        app.window.activateWindow()
        qtbot.waitUntil(app.window.isActiveWindow)
        return hands

    yield start
    for app in apps:
        monkeypatch.setattr(app.talk, "choose", lambda *_: 0)
        assert app.window.close()
        app.window.deleteLater()


@pytest.fixture
def anna(begin: Begin, folder: Path) -> Hands:
    """A window on anna's tagging of the seed article."""
    return begin(folder / "annotations" / "corea-del-nord.anna.yaml")


@pytest.fixture
def carla(begin: Begin, folder: Path) -> Hands:
    """A window on the seed article for a new annotator, with nothing tagged yet."""
    return begin(folder / "corea-del-nord.txt", "carla")


@pytest.fixture
def review(carla: Hands) -> Hands:
    """Carla reviews what anna and boris have tagged; the first item is open."""
    carla.press("Ctrl+R")
    assert carla.app.desk.is_reviewing()
    return carla
