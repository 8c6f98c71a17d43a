"""An editor tags the seed article in the real program, with mouse and keyboard."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.storage.disk.journal import journal_path
from annotator.storage.disk.lock import lock_path
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.ui.app import App
from annotator.ui.settings import Settings
from tests.e2e.conftest import work_of
from tests.e2e.desktop import PATIENCE, Desktop, Place, program, wait_for

pytestmark = pytest.mark.e2e

TROOPS = "avrebbe inviato truppe in Russia per partecipare a operazioni di combattimento"
CITING = "citando la Korean Central News Agency (KCNA)"
YONHAP = "La notizia è stata riportata dall'agenzia sudcoreana Yonhap"
INFONDATE = '"voci infondate"'
TITLE = "La Corea del Nord conferma"
MINISTER = "Il ministro degli Esteri nordcoreano"


@pytest.fixture
def place_of(qtbot: QtBot, folder: Folder) -> Callable[[str, int], Place]:
    """Where a gap between characters is in the window: asked of the same window, offscreen."""
    app = App(Settings())
    qtbot.addWidget(app.window)
    app.opening.begin(folder.path / "corea-del-nord.txt", "nobody")
    with qtbot.waitExposed(app.window):
        app.window.show()

    def place(words: str, inside: int) -> Place:
        page = app.page
        page.put_caret(page.article.text.index(words) + inside)
        assert page.verticalScrollBar().value() == 0
        center = page.cursorRect().center() + QPoint(1, 0)
        found = page.viewport().mapTo(app.window, center)
        return found.x(), found.y()

    return place


class Editor:
    """Carla at the window: what she does, and when it is done."""

    def __init__(self, screen: Desktop, window: str, folder: Folder) -> None:
        self.screen, self.window, self.folder = screen, window, folder

    @property
    def tagging(self) -> Tagging:
        return work_of(self.folder, "carla")

    def until(self, condition: Callable[[Tagging], object], what: str) -> None:
        wait_for(lambda: condition(self.tagging), what)

    def until_tagged(self, words: str) -> None:
        self.until(lambda now: words in [one.words for one in now], f"“{words}” was tagged")

    def select_by_keyboard(self, place: Place, words: str) -> None:
        """Click before the words and go on with Shift and the arrow."""
        self.screen.click(self.window, place)
        self.screen.keys("shift+Right", times=len(words))


def told(tagging: Tagging) -> list[tuple[str, str, str | None, list[str], str | None]]:
    """What is tagged, in text order: kind, words, source, words of the content, note."""

    def content(one: Annotation) -> list[str]:
        return [found.words for i in one.content if (found := tagging.get(i))]

    return [(one.kind.value, one.words, one.source, content(one), one.note) for one in tagging]


def test_what_was_done_in_the_window_stands_in_the_file(
    screen: Desktop, folder: Folder, place_of: Callable[[str, int], Place]
) -> None:
    process = screen.start(program(folder.path / "corea-del-nord.txt", "--annotator", "carla"))
    carla = Editor(screen, screen.window("corea-del-nord.txt"), folder)

    # A claim by the mouse, over two lines; then who says it, by the source's own key.
    screen.drag(carla.window, place_of(TROOPS, 0), place_of(TROOPS, len(TROOPS)))
    screen.keys("1")
    carla.until_tagged(TROOPS)
    screen.drag(carla.window, place_of(CITING, 0), place_of(CITING, len(CITING)))
    screen.keys("k")
    carla.until_tagged(CITING)

    # The picker: its proposal accepted, then a name that it does not know.
    screen.keys("Escape", "Escape")
    carla.select_by_keyboard(place_of(YONHAP, 0), YONHAP)
    screen.keys("3", "Return")
    carla.until_tagged(YONHAP)
    screen.keys("Escape", "Escape")
    screen.drag(carla.window, place_of(MINISTER, 0), place_of(MINISTER, len(MINISTER)))
    screen.keys("3")
    screen.type("Choe Son-hui")
    screen.keys("Return")
    carla.until_tagged(MINISTER)

    # A quote with its quotation marks: the last clicks take the word, the keys the rest.
    screen.keys("Escape", "Escape")
    carla.select_by_keyboard(place_of(INFONDATE, 0), INFONDATE)
    screen.keys("2")
    carla.until_tagged(INFONDATE)

    # A tag by keyboard alone, undone; another one, deleted; its deletion undone and redone.
    screen.keys("Escape", "Escape", "ctrl+Home")
    screen.keys("shift+Right", times=len(TITLE))
    screen.keys("1")
    carla.until_tagged(TITLE)
    screen.keys("ctrl+z")
    carla.until(lambda now: len(now) == 5, "the title's tag was undone")
    screen.keys("ctrl+y")
    carla.until(lambda now: len(now) == 6, "it was done again")
    screen.keys("Delete")
    carla.until(lambda now: len(now) == 5, "it was deleted")

    # A note on the first tag, with letters that are keys elsewhere.
    screen.keys("ctrl+Home", "Tab", "Return")
    screen.type("1 k or 2? ask Yonhap")
    screen.keys("Escape")
    carla.until(lambda now: any(one.note for one in now), "the note was written")

    screen.keys("ctrl+q")
    assert process.wait(PATIENCE) == 0

    file = folder.annotation_file(folder.path / "corea-del-nord.txt", "carla")
    document = parse_document(file.read_bytes(), file.name)
    assert told(Tagging(document.annotations)) == [
        (Kind.CLAIM, TROOPS, None, [], "1 k or 2? ask Yonhap"),
        (Kind.ATTRIBUTION, YONHAP, "yonhap", [], None),
        (Kind.ATTRIBUTION, CITING, "kcna", [TROOPS], None),
        (Kind.QUOTE, INFONDATE, None, [], None),
        (Kind.ATTRIBUTION, MINISTER, "choe-son-hui", [], None),
    ]
    assert document.annotator == "carla"
    sources = parse_registry(folder.sources_file.read_bytes(), "sources.yaml")
    assert sources.by_id["choe-son-hui"].name == "Choe Son-hui"
    assert not journal_path(file).exists()
    assert not lock_path(file).exists()
    checked = subprocess.run(program("check", folder.path), capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "")
