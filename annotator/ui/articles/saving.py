"""Saving: on the key, when the hands rest, on leaving. The slow part runs beside the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, QTimer, Signal

from annotator.core.display_text import count
from annotator.core.errors import AnnotatorError, Collisions
from annotator.core.model import Annotation, Collision
from annotator.core.version_words import tell_apart
from annotator.storage.saving import PreparedSave, SaveReport, Written
from annotator.storage.session import Session
from annotator.ui.desk import Desk
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk

RETRY_MS = 30_000


class _Post(QObject):
    """Carries what a thread has to say into the window's thread."""

    came = Signal(object)


class _Writer(QRunnable):
    """Writes a prepared save in a thread of the pool and posts what came of it."""

    def __init__(self, prepared: PreparedSave, post: _Post) -> None:
        super().__init__()
        self._prepared, self._post = prepared, post

    def run(self) -> None:
        try:
            self._post.came.emit(self._prepared.write())
        except Exception as error:  # noqa: BLE001  it is told in the window's thread
            self._post.came.emit(error)


class Saving(QObject):
    """Keeps the file on disk up with the desk."""

    state_changed = Signal()

    def __init__(self, desk: Desk, talk: Talk, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._talk, self._settings = desk, talk, settings
        self._under_way: tuple[Session, PreparedSave] | None = None
        self._again = False
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._post = _Post(self)
        self._post.came.connect(self._came)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self.save)
        desk.changed.connect(self._wait_for_rest)

    def sentence(self) -> str:
        """Saved or not, for the status bar."""
        session = self._desk.session
        if session is None:
            return ""
        if session.read_only:
            return "Read-only"
        return "○ Not saved yet" if session.unsaved else "✓ Saved"

    def save(self) -> None:
        """Begin to save what is unsaved; a save that is under way is followed by another."""
        session = self._desk.session
        if session is None or self._under_way is not None:
            self._again = session is not None
            return
        if not session.read_only and (prepared := self._prepare(session)) is not None:
            self._under_way = session, prepared
            self._threads.start(_Writer(prepared, self._post))

    def _prepare(self, session: Session) -> PreparedSave | None:
        try:
            return session.prepare_save()
        except AnnotatorError as error:
            self._refuse(error)
            self.state_changed.emit()
            return None

    def _refuse(self, error: AnnotatorError) -> None:
        self._talk.warn(f"Not saved: {error}", ("Try again", self.save))
        self._rest.start(RETRY_MS)

    def save_soon(self) -> None:
        """Save as soon as the events at hand are done."""
        if self._desk.session is not None and self._desk.session.unsaved:
            self._rest.start(0)

    def finish(self) -> None:
        """Save everything now, before leaving; raises `AnnotatorError` when that fails."""
        self._rest.stop()
        self._wait_for_writer()
        session = self._desk.session
        if session is not None and not session.read_only:
            self._save_here(session)

    def _wait_for_writer(self) -> None:
        """Let a save that is under way end, and take in what it did."""
        self._threads.waitForDone()
        QCoreApplication.sendPostedEvents(self)

    def _save_here(self, session: Session) -> None:
        self._tell(session.save(self._choose))
        self.state_changed.emit()

    def _wait_for_rest(self) -> None:
        self._rest.start(round(self._settings.number("autosave_seconds") * 1000))

    def _came(self, outcome: object) -> None:
        if self._under_way is None:
            return
        (session, prepared), self._under_way = self._under_way, None
        if isinstance(outcome, Written):
            self._tell(session.finish_save(prepared, outcome))
        elif isinstance(outcome, Collisions):
            self._ask(session)
        elif isinstance(outcome, AnnotatorError):
            self._refuse(outcome)
        elif isinstance(outcome, Exception):
            self._rest.start(RETRY_MS)
            raise outcome
        if session.unsaved and not self._rest.isActive():
            self._wait_for_rest()
        self.state_changed.emit()
        again, self._again = self._again, False
        if again and not isinstance(outcome, AnnotatorError):
            self.save()

    def _ask(self, session: Session) -> None:
        try:
            self._save_here(session)
        except AnnotatorError as error:
            self._talk.warn(f"Not saved: {error}", ("Try again", self.save))

    def _choose(self, collision: Collision) -> Annotation | None:
        """Both changed the same tag: which version is it to be?"""
        question = "You and somebody else changed the same tag. Which version do you keep?"
        ours, theirs = self._versions(collision)
        detail = f"Yours: {ours}\n\nTheirs: {theirs}"
        answer = self._talk.choose(question, detail, "Theirs", "Mine")
        return collision.theirs if answer == 0 else collision.ours

    def _versions(self, collision: Collision) -> tuple[str, str]:
        assert self._desk.session is not None
        tagging, registry = self._desk.session.tagging, self._desk.session.registry
        return tell_apart(collision.ours, collision.theirs, tagging, registry)

    def _tell(self, report: SaveReport) -> None:
        sentences = list(report.sentences)
        if report.merged:
            what = count(report.merged, "change")
            verb = "was" if report.merged == 1 else "were"
            sentences.insert(0, f"{what} of somebody else {verb} merged in.")
        if sentences:
            self._talk.tell(" ".join(sentences))
