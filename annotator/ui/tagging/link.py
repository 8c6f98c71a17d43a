"""Linking with L: from the selected tag to a target, chosen by keys or by a click."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from annotator.core.display_text import one_line
from annotator.core.errors import EditRefused
from annotator.core.link_edits import toggle_link
from annotator.core.model import Annotation
from annotator.ui.command import ANNOTATE, Command, Where
from annotator.ui.desk import Desk
from annotator.ui.ports import TextView
from annotator.ui.talk import Talk

OTHERWISE = "Arrows or a click choose another tag, Esc stops."
DOWN = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
TO_THE_RIGHT = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class LinkMode(QObject):
    """The link under way, if there is one: where it begins, and the target so far.

    Install it as an event filter of the text, whose arrows it takes meanwhile.
    """

    def __init__(self, desk: Desk, text: TextView, talk: Talk) -> None:
        super().__init__(desk)
        self._desk, self._text, self._talk = desk, text, talk
        self._begun = ""
        self._target = ""
        desk.selected_changed.connect(self._follow_selected)

    def commands(self) -> Iterable[Command]:
        """Beginning a link."""
        in_text = partial(Command, where=Where.PAGE, enabled=self._desk.is_open, context=True)
        yield in_text("tag.link", "&Link or unlink…", ("L",), ANNOTATE, self.begin, group=3)

    @property
    def active(self) -> bool:
        """Whether a target is being chosen."""
        return bool(self._begun)

    def begin(self) -> None:
        """Begin a link at the selected annotation."""
        self._desk.refuse_read_only()
        annotation = self._desk.annotation
        if annotation is None:
            raise EditRefused("Select the tag to link first (Tab goes to the next one).")
        if len(self._desk.tagging) < 2:
            raise EditRefused("There is no other tag to link with yet.")
        self._begun = annotation.id
        self._aim(self._likeliest(annotation))

    def _likeliest(self, annotation: Annotation) -> Annotation | None:
        tagging = self._desk.tagging
        return tagging.neighbour(annotation, 1) or tagging.neighbour(annotation, -1)

    def step(self, by: int) -> None:
        """Aim at the next or previous annotation in text order."""
        tagging = self._desk.tagging
        at = tagging.get(self._target)
        target = tagging.neighbour(at, by) if at else None
        if target is not None and target.id == self._begun:
            target = tagging.neighbour(target, by)
        if target is not None:
            self._aim(target)

    def click(self, under: list[Annotation]) -> None:
        """Link with the shortest annotation under the mouse; a click beside lets it be."""
        under = [annotation for annotation in under if annotation.id != self._begun]
        if not under:
            self.stop()
            return
        self._target = under[0].id
        self.go_on()

    def go_on(self) -> None:
        """Link with the target, or unlink; the annotation where it began stays selected."""
        tagging = self._desk.tagging
        one, other = tagging.get(self._begun), tagging.get(self._target)
        self.stop()
        if one is not None and other is not None:
            change = toggle_link(tagging, one, other)
            self._desk.do(change, self._text.selection)
            self._talk.hint(f"{change.label}ed.")

    def stop(self) -> None:
        """Let it be."""
        self._begun = self._target = ""
        self._text.show_target("")
        self._talk.ask("")

    def _aim(self, annotation: Annotation | None) -> None:
        if annotation is not None:
            self._target = annotation.id
            self._text.show_target(annotation.id)
            self._text.bring_into_view(annotation.start, annotation.end)
            self._talk.ask(f"{self._promise(annotation)} {OTHERWISE}")

    def _promise(self, target: Annotation) -> str:
        """What Enter would do with this target, or why nothing."""
        begun = self._desk.tagging.get(self._begun)
        assert begun is not None
        try:
            change = toggle_link(self._desk.tagging, begun, target)
        except EditRefused as error:
            return str(error)
        return f"Enter {change.label.lower()}s “{one_line(target.words, 30)}”."

    def _follow_selected(self) -> None:
        if self.active and self._desk.selected != self._begun:
            self.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.active and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            by = self._step_of(Qt.Key(event.key()))
            if by:
                self.step(by)
            return by != 0
        return False

    def _step_of(self, key: Qt.Key) -> int:
        """1 towards the end of the article, -1 back, 0 for a key that is no arrow."""
        target = self._desk.tagging.get(self._target)
        leftward = target is not None and self._text.is_from_right(target.start)
        return DOWN.get(key, TO_THE_RIGHT.get(key, 0) * (-1 if leftward else 1))
