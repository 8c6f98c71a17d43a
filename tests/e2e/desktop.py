"""A desktop of the tests' own: an X server, a window manager, and hands that use xdotool."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEEDED = ("Xvfb", "openbox", "xdotool", "setxkbmap")
PATIENCE = 60.0
"""Seconds after which what was waited for is given up; a busy machine needs some."""

QUIET_MANAGER = """
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew></focus><keyboard/><mouse/>
</openbox_config>
"""
"""A window manager that wants no click for itself: while it has one, keys would overtake it."""

Place = tuple[int, int]


def missing() -> list[str]:
    """What this machine lacks for a desktop."""
    return [name for name in NEEDED if shutil.which(name) is None]


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Look again and again, until a deadline."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {PATIENCE:.0f} s in vain until {what}")
        time.sleep(0.005)


class Desktop:
    """A running X server; whatever is started on it ends with it."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._started: list[subprocess.Popen[str]] = []

    @property
    def environment(self) -> dict[str, str]:
        """The environment of programs on this desktop; the home is the test's own."""
        # One measure for fonts here and offscreen, so that words stand at the same places.
        here = {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "QT_FONT_DPI": "96"}
        return {**os.environ, **here}

    def start(self, command: Sequence[str], quiet: bool = False) -> subprocess.Popen[str]:
        """Start a program on this desktop; what it prints can be read, unless ``quiet``."""
        out = subprocess.DEVNULL if quiet else subprocess.PIPE
        error = subprocess.DEVNULL if quiet else None
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=out, stderr=error, text=True
        )
        self._started.append(process)
        return process

    def end(self) -> None:
        """End what still runs, the last one first."""
        for process in reversed(self._started):
            process.kill()
            process.wait(PATIENCE)
            if process.stdout:
                process.stdout.close()
        self._started.clear()

    def xdotool(self, *words: str) -> str:
        """Run xdotool and give what it says; nothing when it finds nothing."""
        command = ["xdotool", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        return done.stdout.strip()

    def is_managed(self) -> bool:
        """Whether a window manager runs; without one xdotool counts no desktops."""
        return self.xdotool("get_num_desktops") not in ("", "0")

    def window(self, title: str) -> str:
        """The window with ``title`` in its title, once it is there and has the keyboard."""
        found: list[str] = []

        def is_there() -> bool:
            found[:] = self.xdotool("search", "--onlyvisible", "--name", title).split()
            return bool(found) and self._has_keyboard(found[0])

        wait_for(is_there, f"the window {title} was there")
        return found[0]

    def _has_keyboard(self, window: str) -> bool:
        if self.xdotool("getactivewindow") != window:
            self.xdotool("windowactivate", window)
        return self.xdotool("getwindowfocus") == window

    def menus(self, process: subprocess.Popen[str], window: str) -> set[str]:
        """The menus of a program that are open: what it shows besides its window."""
        shown = self.xdotool("search", "--onlyvisible", "--pid", str(process.pid)).split()
        return {one for one in shown if one != window}

    def lay_keys(self, layout: str) -> None:
        """Give the keyboard another layout, as "it".

        For a letter that is on no key, xdotool would lay it on one for the moment; a busy
        program may look when that moment is over.
        """
        subprocess.run(["setxkbmap", layout], env=self.environment, check=True)

    def keys(self, *keys: str, times: int = 1) -> None:
        """Press keys, as xdotool names them, one after the other."""
        pressed = [_FUNCTION_KEY.sub(_code, one) for one in keys * times]
        self.xdotool("key", "--delay", "8", *pressed)

    def type(self, text: str) -> None:
        """Type a text."""
        self.xdotool("type", "--delay", "8", text)

    def drag(self, window: str, start: Place, end: Place) -> None:
        """Press the mouse at one place of a window, move it to another, release it there."""
        middle = (start[0] + end[0]) // 2, (start[1] + end[1]) // 2
        moves: list[str] = []
        for place in (middle, end):
            moves += ["mousemove", "--window", window, *map(str, place)]
        first = ["mousemove", "--window", window, *map(str, start)]
        self.xdotool(*first, "mousedown", "1", *moves, "mouseup", "1")

    def click(self, window: str, place: Place, times: int = 1) -> None:
        """Click at a place of a window."""
        self.xdotool("mousemove", "--window", window, *map(str, place))
        self.xdotool("click", "--repeat", str(times), "--delay", "40", "1")


_FUNCTION_KEY = re.compile(r"\bF([1-9]|1[0-2])$")


def _code(key: re.Match[str]) -> str:
    """The code of a function key: by its name newer layouts have it with Alt first."""
    number = int(key[1])
    return str(number + (66 if number <= 10 else 84))


NUMBERS = count(100 + os.getpid() % 500 * 100)
"""Displays that no other test process takes, each but once: a server that ends may take the
socket of another one away which has just begun under the same number.
"""


def x_server(number: int) -> list[str]:
    """The command that starts an X server."""
    screen = ["-screen", "0", "1600x1000x24", "-dpi", "96"]
    # Left by its last client a server begins anew, and refuses those that come just then: the
    # first look at it would end the window manager. And where a busy machine is late with
    # letting go of a key, it must not count as held down (-r).
    return ["Xvfb", f":{number}", "-displayfd", "1", *screen, "-noreset", "-r", "-nolisten", "tcp"]


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Start an X server on a display of its own, with a window manager; its files in ``folder``."""
    config = folder / "openbox.xml"
    config.write_text(QUIET_MANAGER, "utf-8")
    with subprocess.Popen(
        x_server(next(NUMBERS)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout
        running = Desktop(f":{server.stdout.readline().strip()}")
        try:
            running.start(["openbox", "--config-file", str(config)], quiet=True)
            wait_for(running.is_managed, "the window manager was there")
            yield running
        finally:
            running.end()
            server.terminate()


def program(*arguments: object) -> list[str]:
    """The command that starts the program."""
    return [sys.executable, "-m", "annotator", *map(str, arguments)]
