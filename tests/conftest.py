"""What every test may rely on: no screen needed, and nothing of the user's own touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What a desktop asks of Qt; the screen of the tests has 800 x 800 pixels, and needs them all.
DESKTOPS_OWN = (
    "QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_AUTO_SCREEN_SCALE_FACTOR",
    "QT_ENABLE_HIGHDPI_SCALING", "QT_USE_PHYSICAL_DPI", "QT_FONT_DPI",
    "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME",
)  # fmt: skip
for name in DESKTOPS_OWN:
    os.environ.pop(name, None)

PATIENCE_MS = 30_000
"""After which what a test waits for is given up; only a test that fails waits so long."""

# How long an example takes says more about the machine than about the code. The same commit is
# tried with the same examples each time; new ones are what ./dev explore is for.
settings.register_profile(
    "explore", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("house", settings.get_profile("explore"), derandomize=True)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own: settings, logs, the sample and the recovered work lie there."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("ANNOTATOR_DATA_DIR", str(home / "annotator"))
    return home


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtBot]:
    """Holds on to each widget until it is closed, and waits as long as a busy machine may need.

    A widget that nobody holds any more is freed at the end of the first slot that Qt calls on
    it, while Qt is still in the midst of its event.
    """
    held: list[QWidget] = []
    add = qtbot.addWidget

    def hold(widget: QWidget) -> None:
        held.append(widget)
        add(widget)

    monkeypatch.setattr(qtbot, "addWidget", hold)
    for name in ("waitUntil", "waitSignal"):
        monkeypatch.setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE_MS))
    yield qtbot
    held.clear()


@pytest.fixture
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture
def seeds(root: Path) -> Path:
    """The seed folder as it is kept: for reading only."""
    return root / "seeds"
