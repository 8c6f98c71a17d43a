"""The desk: what is open, where the editor is in it, and everything done and undone there."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from annotator.core.chains.chain import connected
from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.model import Annotation, Kind, Status
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.ports import Range

if TYPE_CHECKING:
    from annotator.review.decide.review import Review, Reviewed
    from annotator.storage.colleagues import Colleagues
    from annotator.storage.folder import Folder
    from annotator.storage.opening import Opened
    from annotator.storage.session import Session

NOTHING_OPEN = "No article is open; open one first (Ctrl+O)."
NOT_REVIEWING = "That is for reviewing; Ctrl+R begins."


class Elsewhere(Protocol):
    """What a step did to other files; undo takes it back and redo does it again."""

    def undo(self) -> object:
        """Take it back. Raises `AnnotatorError`; then nothing has happened."""

    def redo(self) -> object:
        """Do it again; raises as `undo`."""


class Place(NamedTuple):
    """Where the editor was when a change was made: the selected words and the selected tag."""

    words: Range
    selected: str


class Done(QUndoCommand):
    """A change on the undo stack. It is a record: the desk reads it forwards and backwards.

    Qt calls ``undo`` and ``redo`` where a Python exception would be lost, so both are left
    empty and the session is always asked first.
    """

    def __init__(self, change: Change, place: Place, elsewhere: Elsewhere | None) -> None:
        super().__init__(change.label)
        self.change = change
        self.place = place
        self.elsewhere = elsewhere


class Desk(QObject):
    """The open folder, article, session and colleagues, the selected tag, and the undo stack."""

    opened = Signal()
    changed = Signal(object)
    selected_changed = Signal()
    undo_changed = Signal()
    """Undo and redo would do something else now."""

    place_restored = Signal(object)
    """An undo brought back the words that were selected, a `Range`."""
    commit_wanted = Signal()
    """Whoever holds words that are still being typed is to hand them in now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Folder | None = None
        self.session: Session | None = None
        self.colleagues: Colleagues | None = None
        self.stack = QUndoStack(self)
        self.stack.indexChanged.connect(self.undo_changed)
        self.selected = ""

    # What is open

    def open(self, opened: Opened) -> None:
        """Let another article be the open one; undo begins anew."""
        self.folder, self.session = opened.folder, opened.session
        self.selected = ""
        self.stack.clear()
        self._review(opened.colleagues)
        opened.session.changed.append(self._announce)
        opened.session.merged.append(self._announce)
        self.opened.emit()

    def open_folder(self, folder: Folder) -> None:
        """Let a folder be the open one of which no article could be opened."""
        self.folder = folder

    @property
    def article(self) -> Path | None:
        """The file of the open article."""
        return self.session.article_path if self.session else None

    @property
    def tagging(self) -> Tagging:
        """The tagging of the open article; refuses where there is none."""
        return self.need_session().tagging

    @property
    def registry(self) -> Registry:
        """The sources known to the open article's folder."""
        return self.session.registry if self.session else Registry()

    def need_session(self) -> Session:
        """The open session; raises `EditRefused` where there is none."""
        if self.session is None:
            raise EditRefused(NOTHING_OPEN)
        return self.session

    def need_folder(self) -> Folder:
        """The open folder; raises `EditRefused` where there is none."""
        if self.folder is None:
            raise EditRefused(NOTHING_OPEN)
        return self.folder

    def is_open(self) -> bool:
        """Whether an article is open."""
        return self.session is not None

    def is_done(self) -> bool:
        """Whether the open article is marked as done."""
        return self.session is not None and self.session.header.status is Status.DONE

    @property
    def editable(self) -> bool:
        """Whether there is something open that may be changed."""
        return self.session is not None and not self.session.read_only

    def refuse_read_only(self) -> None:
        """Raise `EditRefused`, with the reason, where the open article may only be read."""
        if self.session is not None and self.session.read_only:
            raise EditRefused(self.session.read_only)

    # A review

    def is_reviewing(self) -> bool:
        """Whether a review is open."""
        return self.colleagues is not None

    def need_colleagues(self) -> Colleagues:
        """Whose tagging is reviewed; raises `EditRefused` where there is no review."""
        if self.colleagues is None:
            raise EditRefused(NOT_REVIEWING)
        return self.colleagues

    @cached_property
    def reviewed(self) -> Reviewed:
        """What is reviewed, matched into items; refuses where there is no review."""
        from annotator.review.decide.review import Reviewed

        return Reviewed.of(self.need_colleagues())

    @property
    def review(self) -> Review:
        """The review as it stands; refuses where there is none."""
        from annotator.review.decide.review import Review

        session = self.need_session()
        return Review(session.tagging, session.header, self.reviewed)

    def admit(self, colleagues: Colleagues) -> None:
        """Review what colleagues have saved meanwhile."""
        self.need_session().admit(colleagues.documents)
        self._review(colleagues)

    def _review(self, colleagues: Colleagues | None) -> None:
        self.colleagues = colleagues
        vars(self).pop("reviewed", None)

    # The selected tag

    @property
    def annotation(self) -> Annotation | None:
        """The selected annotation."""
        return self.session.tagging.get(self.selected) if self.session else None

    def need_annotation(self) -> Annotation:
        """The selected annotation; raises `EditRefused` where none is."""
        if self.annotation is None:
            raise EditRefused("Select a tag first (Tab goes to the next one).")
        return self.annotation

    def need_attribution(self) -> Annotation:
        """The selected attribution; raises `EditRefused` where none is."""
        annotation = self.need_annotation()
        if annotation.kind is not Kind.ATTRIBUTION:
            raise EditRefused(f"Select an attribution first; now a {annotation.kind} is selected.")
        return annotation

    def select(self, annotation_id: str) -> None:
        """Select an annotation, or none by an empty id; an id that is gone selects none."""
        known = self.session is not None and annotation_id in self.session.tagging
        self.selected = annotation_id if known else ""
        self.selected_changed.emit()

    def lit(self, annotation_id: str) -> frozenset[str]:
        """Everything that lights up with an annotation."""
        return connected(self.session.tagging, annotation_id) if self.session else frozenset()

    # Changes

    def do(
        self,
        change: Change,
        words: Range = (0, 0),
        select: str | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        """Do a change, remember it for undo, and select ``select`` (None leaves the selection).

        In a review, decisions follow in the same step. ``elsewhere`` is what was done to other
        files in it; undo takes that back too. Raises `EditRefused` or `StorageError`; then
        nothing has happened.
        """
        if not change:
            return
        place, change = Place(words, self.selected), self._with_decisions(change)
        self.need_session().do(change)
        self.stack.push(Done(change, place, elsewhere))
        if select is not None:
            self.select(select)

    def _with_decisions(self, change: Change) -> Change:
        if self.colleagues is None:
            return change
        from annotator.review.decide.decisions import follow

        return follow(change, self.review)

    def undo(self) -> None:
        """Take the last change back, and go where the editor was before it."""
        if self.stack.canUndo():
            done = self._command(self.stack.index() - 1)
            if done.elsewhere:
                done.elsewhere.undo()
            self.need_session().do(done.change.inverse())
            self.stack.undo()
            self.select(done.place.selected)
            self.place_restored.emit(done.place.words)

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.stack.canRedo():
            done = self._command(self.stack.index())
            if done.elsewhere:
                done.elsewhere.redo()
            self.need_session().do(done.change)
            self.stack.redo()
            if done.change.after:
                self.select(done.change.after[-1].id)

    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self.editable and self.stack.canUndo()

    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return self.editable and self.stack.canRedo()

    def commit(self) -> None:
        """Take what is still being typed."""
        self.commit_wanted.emit()

    def _command(self, index: int) -> Done:
        command = self.stack.command(index)
        assert isinstance(command, Done)
        return command

    def _announce(self, change: Change) -> None:
        self.changed.emit(change)
        if self.selected and self.annotation is None:
            self.select("")
