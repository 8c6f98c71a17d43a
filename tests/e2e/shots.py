"""``./dev shots``: pictures of the real window, those of the README and others to look at.

Starts an X server of its own, so that no other window is in the pictures, and itself anew on
it. The pictures of the README go to resources/screenshots/, the others to build/shots/.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from annotator.storage.shipped.resources import seeds_path
from annotator.ui.app import App
from annotator.ui.program import make_application
from annotator.ui.settings import Settings
from tests.benchmarks.made import LARGE, lay_out

ROOT = Path(__file__).resolve().parents[2]
SHOWN = ROOT / "resources" / "screenshots"
LOOKED_AT = ROOT / "build" / "shots"
WIDTH, HEIGHT = 1440, 900
INSIDE = "ANNOTATOR_SHOTS_INSIDE"

KCNA = "citando la Korean Central News Agency (KCNA)"
ARABIC = (
    "أعلنت وكالة الأنباء المركزية الكورية (KCNA) يوم الاثنين أن القوات وصلت إلى روسيا.\n\n"
    "وقال المتحدث: «سنلتزم بالمعاهدة»، نقلاً عن وكالة Yonhap في سيول.\n"
)
KOREAN = (
    "조선중앙통신은 28일 북한이 러시아에 군대를 파견했다고 공식 확인했다고 보도했다.\n\n"
    "연합뉴스에 따르면 국가정보원은 “병력이 쿠르스크 지역에서 훈련 중”이라고 밝혔다.\n"
)
READINGS = (
    ("arabic", "«سنلتزم بالمعاهدة»", "نقلاً عن وكالة Yonhap"),
    ("korean", "“병력이 쿠르스크 지역에서 훈련 중”", "연합뉴스에 따르면"),
)
"""Article, a quote in it, and what attributes the quote."""


def main() -> None:
    """Start an X server and take the pictures on it."""
    if os.environ.get(INSIDE):
        take_all()
        return
    with tempfile.TemporaryDirectory(prefix="annotator-shots-") as name, x_server() as display:
        environment = {**os.environ, **home_at(Path(name)), "DISPLAY": display, INSIDE: "1"}
        command = [sys.executable, "-m", "tests.e2e.shots"]
        subprocess.run(command, env=environment, cwd=ROOT, check=True)


@contextmanager
def x_server() -> Iterator[str]:
    """An X server with one screen as large as the pictures; gives its display."""
    screen = f"{WIDTH}x{HEIGHT}x24"
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout
        yield f":{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def home_at(home: Path) -> dict[str, str]:
    """A home of the pictures' own, as an environment."""
    places = {f"XDG_{kind}_HOME": home / kind.lower() for kind in ("CACHE", "CONFIG", "DATA")}
    places |= {"HOME": home, "ANNOTATOR_DATA_DIR": home / "annotator"}
    return {name: str(path) for name, path in places.items()} | {"QT_QPA_PLATFORM": "xcb"}


def take_all() -> None:
    """Take every picture."""
    make_application()
    for colours in ("light", "dark"):
        with shown(colours) as app:
            open_seed(app)
            select(app, KCNA)
            save(app, SHOWN / f"annotate-{colours}.png")
            take_states(app, colours)
        with shown(colours) as app:
            take_review(app, colours)
    with shown("light") as app:
        app.opening.begin(None, "anna")
        save(app, LOOKED_AT / "first-start.png")
    take_readings()


@contextmanager
def shown(colours: str) -> Iterator[App]:
    """The window in these colours, as large as the screen, with nothing open."""
    settings = Settings()
    settings.put("annotator", "anna")
    settings.put("colours", colours)
    settings.put("last_path", "")
    app = App(settings)
    app.window.setGeometry(0, 0, WIDTH, HEIGHT)
    app.window.show()
    QTest.qWaitForWindowExposed(app.window)
    app.window.activateWindow()
    app.window.setGeometry(0, 0, WIDTH, HEIGHT)
    settle()
    yield app
    app.window.close()
    settle()


def open_seed(app: App) -> None:
    """Open the seed article with anna's tagging, from a copy."""
    folder = Path(os.environ["HOME"]) / "nk-russia"
    if not folder.exists():
        shutil.copytree(seeds_path(), folder)
        (folder / "kursk-report.txt").write_text("Il rapporto.\n", "utf-8")
        (folder / "treaty-article-4.txt").write_text("L'articolo 4.\n", "utf-8")
    app.opening.open(folder / "annotations" / "corea-del-nord.anna.yaml")


def select(app: App, words: str) -> None:
    """Click into the annotation of these words and leave the mouse there."""
    found = next(a for a in app.desk.tagging if words in a.words)
    app.desk.select(found.id)
    app.page.put_caret(found.start + 3)
    settle()


def take_states(app: App, colours: str) -> None:
    """What an editor sees on the way."""
    start = app.page.article.text.index("Il ministro degli Esteri")
    app.page.select(start, start + 50)
    save(app, LOOKED_AT / f"words-selected-{colours}.png")
    QTest.keyClick(app.page, Qt.Key.Key_3)
    save(app, LOOKED_AT / f"picker-{colours}.png")
    QTest.keyClicks(app.prompt.panel.field, "yon")
    save(app, LOOKED_AT / f"picker-typed-{colours}.png")
    app.prompt.panel.close()
    app.page.put_caret(0)
    app.all_tags.filter.setText("kcna")
    save(app, LOOKED_AT / f"filter-{colours}.png")
    app.all_tags.filter.clear()
    select(app, "rispettano pienamente")
    save(app, LOOKED_AT / f"quote-selected-{colours}.png")
    select(app, "La dichiarazione ha segnato")
    save(app, LOOKED_AT / f"unattributed-selected-{colours}.png")
    app.zoom.by(6)
    save(app, LOOKED_AT / f"zoomed-{colours}.png")
    app.zoom.by(0)
    for name in ("help.keys", "file.settings", "help.about"):
        dialog(app, name, colours)
    menu(app, colours)


def take_review(app: App, colours: str) -> None:
    """A colleague's tags beside one's own; a review under way, and what is written in it."""
    open_seed(app)
    assert app.desk.folder is not None
    former = app.desk.folder.annotations / "corea-del-nord.anna.review.yaml"
    former.unlink(missing_ok=True)
    settle()
    app.article_list.annotators.boxes["boris"].click()
    save(app, LOOKED_AT / f"colleague-shown-{colours}.png")
    press(app, "Ctrl+R")
    app.actions["review.accept-agreed"].trigger()
    press(app, "A", "A", "A", "A", "X")
    save(app, SHOWN / f"review-{colours}.png")
    press(app, "C")
    card = app.reviewer.items.panel.card
    assert card is not None
    QTest.keyClicks(card.field, "Why without the quotation marks?")
    save(app, LOOKED_AT / f"review-comment-{colours}.png")
    press(app, "Return", "E")
    save(app, LOOKED_AT / f"review-edit-{colours}.png")
    app.reviewer.items.panel.open_only.setCurrentIndex(1)
    save(app, LOOKED_AT / f"review-all-{colours}.png")
    press(app, "Ctrl+R")


def press(app: App, *keys: str) -> None:
    """Press keys, where the focus is."""
    for key in keys:
        app.window.activateWindow()
        focused = QApplication.focusWindow()
        assert focused is not None
        QTest.keySequence(focused, key)
        settle()


def dialog(app: App, name: str, colours: str) -> None:
    """A dialog that a command opens; it is closed again."""
    taken: list[Path] = []

    def take() -> None:
        taken.append(LOOKED_AT / f"{name.partition('.')[2]}-{colours}.png")
        save(app, taken[0])
        for one in app.window.findChildren(QDialog):
            one.reject()

    # Some dialogs come back only when they are closed, so the picture is asked for before.
    QTimer.singleShot(200, take)
    app.actions[name].trigger()
    while not taken:
        settle()
    settle()


def menu(app: App, colours: str) -> None:
    """The Annotate menu, and the menu of the right mouse button."""
    annotate = app.window.menuBar().actions()[2]
    app.window.menuBar().setActiveAction(annotate)
    save(app, LOOKED_AT / f"menu-{colours}.png")
    close_popups()
    place = app.page.below(app.page.caret)
    app.page.menu_wanted.emit(place, [])
    save(app, LOOKED_AT / f"context-menu-{colours}.png")
    close_popups()


def close_popups() -> None:
    """Close whatever menu is open."""
    while popup := QApplication.activePopupWidget():
        popup.close()
        settle()


def take_readings() -> None:
    """Other articles: right to left, Korean, very long, and one that a colleague holds open."""
    home = Path(os.environ["HOME"])
    other = home / "other"
    other.mkdir()
    (other / "arabic.txt").write_text(ARABIC, "utf-8")
    (other / "korean.txt").write_text(KOREAN, "utf-8")
    large = lay_out(LARGE, home / "large")
    with shown("light") as app:
        for name, quote, attribution in READINGS:
            app.opening.open(other / f"{name}.txt")
            tag(app, quote, Qt.Key.Key_2)
            tag(app, attribution, Qt.Key.Key_Y)
            save(app, LOOKED_AT / f"{name}.png")
        app.opening.open(large)
        save(app, LOOKED_AT / "large.png")
        app.page.put_caret(500_000)
        save(app, LOOKED_AT / "large-middle.png")
    with shown("light") as app, shown("light") as second:
        open_seed(app)
        open_seed(second)
        second.window.raise_()
        save(second, LOOKED_AT / "read-only.png")


def tag(app: App, words: str, key: Qt.Key) -> None:
    """Select words and press a key."""
    app.window.activateWindow()
    app.page.setFocus()
    start = app.page.article.text.index(words)
    app.page.select(start, start + len(words))
    settle()
    QTest.keyClick(app.page, key)
    settle()


def save(app: App, path: Path) -> None:
    """A picture of the screen."""
    settle()
    picture = app.window.screen().grabWindow(0).toImage()
    path.parent.mkdir(parents=True, exist_ok=True)
    compact(picture).save(str(path), quality=0)
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


def compact(picture: QImage) -> QImage:
    """Without what a picture of a app does not need: transparency."""
    return picture.convertToFormat(QImage.Format.Format_RGB888)


def settle() -> None:
    """Let everything be painted that is to be painted."""
    QTest.qWait(60)
    QCoreApplication.processEvents()


if __name__ == "__main__":
    main()
