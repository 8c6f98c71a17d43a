"""The desk: the article being worked on, its undo stack, and what is selected on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from annotator.core.chains.chain import connected
from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import Annotation
from annotator.storage.session import Session

if TYPE_CHECKING:
    from annotator.storage.source_renames import Plan

Range = tuple[int, int]


class Gaze(NamedTuple):
    """Where the user was looking when a change was made: text selection and selected tag."""

    words: Range
    selected: str


class Done(QUndoCommand):
    """A change on the undo stack. It is a record: the desk reads it forwards and backwards.

    Qt calls ``undo`` and ``redo`` where a Python exception would be lost, so both are left
    empty and the session is always asked first.
    """

    def __init__(self, change: Change, gaze: Gaze, elsewhere: Plan | None) -> None:
        super().__init__(change.label)
        self.change = change
        self.gaze = gaze
        self.elsewhere = elsewhere


class Desk(QObject):
    """What lies open: at most one session, and everything that can be done and undone in it."""

    opened = Signal()
    changed = Signal(object)
    selected_changed = Signal()
    gaze_restored = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session: Session | None = None
        self.stack = QUndoStack(self)
        self.selected = ""
        self.complete: Callable[[Change], Change] = lambda change: change
        """Adds to a change what must be done in the same step; a review has its own."""
        self.settle: Callable[[], object] = lambda: None
        """Saves all that is unsaved; the window gives it, for what touches other files too."""

    def open(self, session: Session | None) -> None:
        """Lay another session on the desk; undo begins anew."""
        self.session = session
        self.selected = ""
        self.stack.clear()
        if session is not None:
            session.changed.append(self._announce)
            session.merged.append(self._merge)
        self.opened.emit()

    @property
    def annotation(self) -> Annotation | None:
        """The selected annotation."""
        return self.session.tagging.get(self.selected) if self.session else None

    @property
    def editable(self) -> bool:
        """Whether there is something open that may be changed."""
        return self.session is not None and not self.session.read_only

    def do(
        self,
        change: Change,
        words: Range = (0, 0),
        select: str | None = None,
        elsewhere: Plan | None = None,
    ) -> None:
        """Do a change, remember it for undo, and select ``select`` (None leaves the selection).

        ``elsewhere`` is what was done to other files in the same step; undo takes it back too.
        Raises `EditRefused` or `StorageError`; then nothing has happened.
        """
        if not change:
            return
        gaze, change = Gaze(words, self.selected), self.complete(change)
        self._session().do(change)
        self.stack.push(Done(change, gaze, elsewhere))
        if select is not None:
            self.select(select)

    def undo(self) -> None:
        """Take the last change back, and look where the user looked before it."""
        if self.stack.canUndo():
            done = self._command(self.stack.index() - 1)
            if done.elsewhere:
                self._carry_out(done.elsewhere.inverse())
            self._session().do(done.change.inverse())
            self.stack.undo()
            self.select(done.gaze.selected)
            self.gaze_restored.emit(done.gaze.words)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.stack.canRedo():
            done = self._command(self.stack.index())
            if done.elsewhere:
                self._carry_out(done.elsewhere.again())
            self._session().do(done.change)
            self.stack.redo()
            if done.change.after:
                self.select(done.change.after[-1].id)

    def select(self, annotation_id: str) -> None:
        """Select an annotation, or none by an empty id; an id that is gone selects none."""
        known = self.session is not None and annotation_id in self.session.tagging
        self.selected = annotation_id if known else ""
        self.selected_changed.emit()

    def lit(self, annotation_id: str) -> frozenset[str]:
        """Everything that lights up with an annotation."""
        return connected(self.session.tagging, annotation_id) if self.session else frozenset()

    def _carry_out(self, plan: Plan) -> None:
        from annotator.storage.source_renames import carry_out  # few sessions rename a source

        self.settle()
        carry_out(plan)

    def _session(self) -> Session:
        if self.session is None:
            raise EditRefused("No article is open; open one first (Ctrl+O).")
        return self.session

    def _command(self, index: int) -> Done:
        command = self.stack.command(index)
        assert isinstance(command, Done)
        return command

    def _announce(self, change: Change) -> None:
        self.changed.emit(change)
        if self.selected and self.annotation is None:
            self.select("")

    def _merge(self, change: Change) -> None:
        self._announce(change)
