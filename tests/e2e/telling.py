"""The real program, telling what it confirms; killed at some moment by who started it.

Called with a folder and an annotator. It prints "ready" when its window has the keyboard,
before each change "try" and the digest of the document as it will be, and once the change
is on the screen "done" and the same digest. With a number as third argument it tags by
itself, pressing random keys in its window.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annotator.core.change import Change
from annotator.storage.log import start_log
from annotator.storage.session import Session
from annotator.ui import program
from annotator.ui.app import App
from annotator.ui.settings import Settings
from tests.storage.tagging_child import foreseen, tell
from tests.ui.hands import Hands

KEYS = ("1", "1", "2", "K", "Y", "U", "Del", "Tab", "Ctrl+Z", "Ctrl+Z", "Ctrl+Y", "Ctrl+S", "Esc")


def main() -> None:
    application = program.make_application()
    app = App(Settings())
    program.catch_unexpected(app.talk, start_log())
    app.opening.begin(Path(sys.argv[1]), sys.argv[2])
    assert app.desk.session is not None
    confess(app.desk.session)
    application.focusObjectChanged.connect(lambda _: say_ready(app))
    app.window.show()
    if len(sys.argv) > 3:
        tag_by_itself(app, random.Random(int(sys.argv[3])))
    application.exec()


def say_ready(app: App) -> None:
    if app.page.hasFocus():
        sys.stdout.write("ready -\n")
        sys.stdout.flush()


def confess(session: Session) -> None:
    """Tell before and after each change; listeners, the screen among them, are told between."""
    do = session.do

    def tell_and_do(change: Change) -> None:
        tell("try", foreseen(session, change))
        do(change)
        tell("done", session.document())

    session.do = tell_and_do  # type: ignore[method-assign]


def tag_by_itself(app: App, dice: random.Random) -> None:
    """Press a random key with random words selected, as often as the window can take it."""
    hands, last = Hands(app), len(app.page.article.text) - 40
    timer = QTimer(app.window)

    def step() -> None:
        if QApplication.focusWindow() is None:
            return
        if dice.random() < 0.7:
            start = dice.randrange(last)
            app.page.select(start, start + dice.randrange(1, 40))
        hands.press(dice.choice(KEYS))

    timer.timeout.connect(step)
    timer.start(0)


if __name__ == "__main__":
    main()
