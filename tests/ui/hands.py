"""An editor's hands on the window: words are selected, keys are pressed, tags are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from annotator.core.model import Annotation, Document, Kind
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.ui.app import App

LEFT = Qt.MouseButton.LeftButton


class Hands:
    """What an editor does with a window, and sees in it and on the disk."""

    def __init__(self, app: App, answers: Sequence[str | int | None] = ()) -> None:
        self.app, self.window = app, app.window
        self.answers = list(answers)
        self.asked: list[str] = []

    def answer(self, *question: str) -> str | int | None:
        """Give the next answer; no test may wait for one that nobody gives."""
        self.asked.append("\n".join(question))
        assert self.answers, f"nobody expected to be asked {question}"
        return self.answers.pop(0)

    # Doing

    def press(self, *keys: str) -> None:
        """Press keys ("1", "Ctrl+Z"); they go where the keyboard's focus is, as real ones do."""
        for key in keys:
            focused = QApplication.focusWindow()
            assert focused is not None
            QTest.keySequence(focused, key)

    def type(self, text: str) -> None:
        """Type a text; what no plain key gives comes as from an input method."""
        for letter in text:
            if letter.isascii():
                QTest.keyClick(QApplication.focusWindow(), letter)  # type: ignore[call-overload]
            else:
                composed = QInputMethodEvent()
                composed.setCommitString(letter)
                QApplication.sendEvent(QApplication.focusObject(), composed)

    def select(self, words: str, nth: int = 1) -> tuple[int, int]:
        """Select words of the article where they stand for the ``nth`` time."""
        start = -1
        for _ in range(nth):
            start = self.app.page.article.text.index(words, start + 1)
        self.app.page.select(start, start + len(words))
        return start, start + len(words)

    def tag(self, words: str, key: str, nth: int = 1) -> Annotation:
        """Select words, press a key, and get what came of it."""
        known = {annotation.id for annotation in self.tags()}
        self.select(words, nth)
        self.press(key)
        (new,) = (annotation for annotation in self.tags() if annotation.id not in known)
        return new

    def tag_alone(self, words: str, key: str, nth: int = 1) -> Annotation:
        """Tag words with no tag selected, so that nothing is linked."""
        self.app.desk.select("")
        return self.tag(words, key, nth)

    def go_to(self, annotation_id: str) -> None:
        """Select a tag as the table of all tags does, and see it laid out in the inspector."""
        self.app.all_tags.picked.emit(annotation_id)
        assert self.app.desk.selected == annotation_id
        QApplication.processEvents()

    def turn_to(self) -> None:
        """Give this window the keyboard, where there are two."""
        self.window.activateWindow()
        QApplication.processEvents()
        assert self.window.isActiveWindow()

    def place_of(self, words: str, nth: int = 1, inside: int = 1) -> QPoint:
        """Where some words are on the page, ``inside`` code points after their start; the
        caret goes there, so that they are in view.
        """
        start, _ = self.select(words, nth)
        self.app.page.put_caret(start + inside)
        return self.app.page.cursorRect().center()

    def click(self, words: str, nth: int = 1, inside: int = 1) -> None:
        """Click into some words."""
        place = self.place_of(words, nth, inside)
        QTest.mouseClick(self.app.page.viewport(), LEFT, pos=place)

    def drag(self, first: str, last: str) -> None:
        """Drag the mouse from before the words ``first`` to behind the words ``last``."""
        viewport = self.app.page.viewport()
        start, end = self.place_of(first, inside=0), self.place_of(last, inside=len(last))
        QTest.mousePress(viewport, LEFT, pos=start)
        QTest.mouseMove(viewport, (start + end) / 2)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, LEFT, pos=end)

    def offer(self, label: str) -> None:
        """Press a button of the bar above the text."""
        buttons = self.app.message_bar.findChildren(QPushButton)
        (button,) = (one for one in buttons if one.text() == label and one.isVisible())
        QTest.mouseClick(button, LEFT)

    # Seeing

    @property
    def selected(self) -> Annotation | None:
        """The selected tag."""
        return self.app.desk.annotation

    @property
    def words(self) -> str:
        """The selected words."""
        start, end = self.app.page.selection
        return self.app.page.article.text[start:end]

    @property
    def hint(self) -> str:
        """The passing remark in the status bar."""
        return self.app.status_bar.hint.text()

    @property
    def bar(self) -> str:
        """What stands above the text, empty when nothing does."""
        bar = self.app.message_bar
        return bar.sentence.text() if bar.isVisibleTo(self.window) else ""

    def tags(self, kind: Kind | None = None) -> tuple[Annotation, ...]:
        """All tags in text order, or those of a kind."""
        found = self.app.desk.tagging.annotations()
        return tuple(a for a in found if kind in (None, a.kind))

    def get(self, annotation_id: str) -> Annotation:
        """A tag as it is now."""
        found = self.app.desk.tagging.get(annotation_id)
        assert found is not None
        return found

    @property
    def file(self) -> Path:
        """The annotation file."""
        assert self.app.desk.session is not None
        return self.app.desk.session.path

    def on_disk(self) -> Document:
        """The annotation file as it lies on the disk."""
        return parse_document(self.file.read_bytes(), self.file.name)

    def sources_on_disk(self) -> list[str]:
        """The names in the registry as it lies on the disk."""
        path = self.file.parent.parent / "sources.yaml"
        return [source.name for source in parse_registry(path.read_bytes(), path.name).sources]

    @property
    def is_saved(self) -> bool:
        """Whether the status bar says that everything is on the disk."""
        return self.app.status_bar.saved.text() == "✓ Saved"
