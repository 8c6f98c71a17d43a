"""Saving: on the key, after a while without a change, on leaving; a thread writes the file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.display_text import count
from annotator.core.errors import AnnotatorError, Collisions
from annotator.core.model import Annotation, Collision
from annotator.storage.saving import PreparedSave, SaveReport, WrittenSave
from annotator.storage.session import Session
from annotator.ui.command import FILE, Command
from annotator.ui.desk import Desk
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk
from annotator.ui.widgets.background import Background

RETRY_MS = 30_000


class Saving(QObject):
    """Keeps the file on disk up with the desk."""

    state_changed = Signal()

    def __init__(self, desk: Desk, talk: Talk, settings: Settings) -> None:
        super().__init__(desk)
        self._desk, self._talk, self._settings = desk, talk, settings
        self._under_way: tuple[Session, PreparedSave] | None = None
        self._again = False
        self._writing = Background(self)
        self._writing.came.connect(self._came)
        self._writing.failed.connect(self._fail)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.save)
        desk.changed.connect(self._wait_for_pause)

    def commands(self) -> Iterable[Command]:
        """Saving now, and what earlier saves have kept."""
        for name, label, key, run in (
            ("file.save", "&Save now", "Ctrl+S", self._save_now),
            ("file.versions", "Earlier &versions…", "Ctrl+Shift+H", self.show_versions),
        ):
            yield Command(name, label, (key,), FILE, run, enabled=self._desk.is_open, group=1)

    def _save_now(self) -> None:
        self._desk.commit()
        self._desk.refuse_read_only()
        self.save()

    def show_versions(self) -> None:
        """List what earlier saves have kept; what is unsaved is saved first, to compare with it."""
        from annotator.ui.articles.earlier_versions import EarlierVersions

        self._desk.need_session()
        self.finish()
        EarlierVersions(self._desk, self._talk).open()

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
            self._writing.start(lambda _: prepared.write())

    def _prepare(self, session: Session) -> PreparedSave | None:
        try:
            return session.prepare_save()
        except AnnotatorError as error:
            self._refuse(error)
            self.state_changed.emit()
            return None

    def _refuse(self, error: AnnotatorError) -> None:
        self._talk.warn(f"Not saved: {error}", ("Try again", self.save))
        self._idle.start(RETRY_MS)

    def save_soon(self) -> None:
        """Save as soon as the events at hand are done."""
        if self._desk.session is not None and self._desk.session.unsaved:
            self._idle.start(0)

    def finish(self) -> None:
        """Save everything now, what is still being typed too; raises `AnnotatorError`."""
        self._desk.commit()
        self._idle.stop()
        self._writing.wait()
        session = self._desk.session
        if session is not None and not session.read_only:
            self._save_here(session)

    def _save_here(self, session: Session) -> None:
        self._tell(session.save(self._choose))
        self.state_changed.emit()

    def _wait_for_pause(self) -> None:
        self._idle.start(round(self._settings.number("autosave_seconds") * 1000))

    def _came(self, outcome: object) -> None:
        if self._under_way is None:
            return
        (session, prepared), self._under_way = self._under_way, None
        if isinstance(outcome, WrittenSave):
            self._tell(session.finish_save(prepared, outcome))
        elif isinstance(outcome, Collisions):
            self._ask(session)
        elif isinstance(outcome, AnnotatorError):
            self._refuse(outcome)
        if session.unsaved and not self._idle.isActive():
            self._wait_for_pause()
        self.state_changed.emit()
        again, self._again = self._again, False
        if again and not isinstance(outcome, AnnotatorError):
            self.save()

    def _fail(self) -> None:
        self._under_way = None
        self._idle.start(RETRY_MS)

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
        from annotator.core.version_words import tell_apart

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

    # Leaving

    def leave(self) -> bool:
        """Save and close what is open; false when the user would rather stay."""
        session = self._desk.session
        if session is None:
            return True
        try:
            self.finish()
            session.close()
            return True
        except AnnotatorError as error:
            unsaved = error
        try:
            return self._leave_unsaved(session, unsaved)
        except AnnotatorError as error:
            self._talk.show_error(error)
            return False

    def _leave_unsaved(self, session: Session, error: AnnotatorError) -> bool:
        if session.comes_back:
            detail = "Your changes are in the journal beside the file and come back next time."
            answer = self._talk.choose(f"{error}", detail, "Leave without saving", "Stay")
            leaves = answer == 0
        else:
            leaves = self._leave_for_good(session, error)
        if leaves:
            session.abandon()
        return leaves

    def _leave_for_good(self, session: Session, error: AnnotatorError) -> bool:
        """The journal is gone as well: nothing would bring the changes back."""
        detail = "Its journal is gone as well: what is not saved would be lost."
        answers = "Lose the changes", "Keep a copy…", "Stay"
        answer = self._talk.choose(f"{error}", detail, *answers)
        return self._keep_copy(session) if answer == 1 else answer == 0

    def _keep_copy(self, session: Session) -> bool:
        from PySide6.QtWidgets import QFileDialog

        from annotator.storage.disk.outputs import Outputs
        from annotator.storage.files.annotation_file import document_bytes

        place, kind = str(Path.home() / session.path.name), "YAML (*.yaml)"
        name, _ = QFileDialog.getSaveFileName(self._talk.parent, "Keep a copy", place, kind)
        if name:  # the dialog has asked about a file that is there
            Outputs(replace=True).write_copy(Path(name), document_bytes(session.document()))
        return bool(name)
