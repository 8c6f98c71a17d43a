"""File ▸ Earlier versions…: what was kept of a file, how it differs, and restoring it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
)

from annotator.core.display_text import count, escaped, shown_name
from annotator.core.effects import Effect, Sort, counted, effects
from annotator.core.errors import AnnotatorError
from annotator.core.model import Document
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.storage.backups.restore import Restoring, restore_registry, restore_tagging
from annotator.storage.backups.versions import KeptVersion, earlier_versions, read_version
from annotator.storage.disk.outputs import Outputs
from annotator.storage.files.annotation_file import parse_document
from annotator.ui.desk import Desk
from annotator.ui.talk import Talk
from annotator.ui.widgets.background import Background, Progress
from annotator.ui.widgets.choices import Choice
from annotator.ui.widgets.plain import PlainLabel

NONE_YET = "No earlier version is kept yet. Each save from now on keeps one."
LISTED = 500
"""Tags of a version that are listed one by one; all are counted."""

TITLES = {Sort.ADDS: "Added", Sort.REMOVES: "Removed", Sort.CHANGES: "Changed"}


class OpenFiles(NamedTuple):
    """What lies open: the tagging and the sources, and where both are kept."""

    document: Document
    registry: Registry
    file: Path
    sources_file: Path


class ListedVersion(NamedTuple):
    """A version of the list, and how much is in it: tags or sources."""

    version: KeptVersion
    amount: int


class VersionDifference(NamedTuple):
    """How one version differs from what is open."""

    restoring: Restoring
    found: list[Effect]


class EarlierVersions(QDialog):
    """The versions of the open file, or of the sources, the newest first.

    What is open must be saved.
    """

    def __init__(self, desk: Desk, talk: Talk) -> None:
        super().__init__(talk.parent)
        self.setWindowTitle("Earlier versions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._talk, session = desk, talk, desk.need_session()
        self._read_only = session.read_only or ""
        self._now = OpenFiles(
            session.document(), session.registry, session.path, session.sources_file
        )
        self._rows: list[ListedVersion] = []
        self._compared: VersionDifference | None = None
        self._listing, self._comparing = Background(self), Background(self)
        files = {one: shown_name(one.name) for one in (self._now.file, self._now.sources_file)}
        self.files: Choice[Path] = Choice("File", files)
        self.list = QListWidget()
        self.text = QTextBrowser()
        self.remark = PlainLabel()
        self._lay_out()
        self._connect()
        self._show_file()

    def _lay_out(self) -> None:
        self.list.setAccessibleName("Earlier versions, the newest first")
        self.text.setAccessibleName("What restoring this version would change")
        self.text.setTabChangesFocus(True)
        self.remark.setWordWrap(True)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.restore = self.buttons.addButton("Restore", role)
        self.copy = self.buttons.addButton("Save a copy…", role)
        self.restore.setDefault(True)
        halves = QHBoxLayout()
        halves.addWidget(self.list, 1)
        halves.addWidget(self.text, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 12)
        box.setSpacing(10)
        box.addWidget(self.files)
        box.addLayout(halves, 1)
        box.addWidget(self.remark)
        box.addWidget(self.buttons)
        self.resize(800, 520)
        self.list.setFocus()

    def _connect(self) -> None:
        self.files.picked.connect(lambda _: self._show_file())
        self.list.currentRowChanged.connect(self._show_version)
        self._listing.came.connect(self._list)
        self._comparing.came.connect(self._tell)
        self.restore.clicked.connect(lambda: self._talk.attempt(self._restore))
        self.copy.clicked.connect(lambda: self._talk.attempt(self._save_copy))
        self.buttons.rejected.connect(self.reject)

    # Looking

    def _show_file(self) -> None:
        self._comparing.stop()  # or it would answer for the other file
        self._rows = []
        self.list.clear()
        self._say("Looking …")
        self._listing.start(partial(_rows, self.files.value))

    def _list(self, outcome: object) -> None:
        if isinstance(outcome, AnnotatorError):
            self._say(str(outcome))
            return
        assert isinstance(outcome, list)
        self._rows = outcome
        self._say("" if self._rows else NONE_YET)
        what = "source" if self.files.value == self._now.sources_file else "tag"
        for row in self._rows:
            self.list.addItem(f"{row.version.local_time}   {count(row.amount, what)}")
        self.list.setCurrentRow(0)

    def _show_version(self, row: int) -> None:
        self._say("")
        if 0 <= row < len(self._rows):
            self._comparing.start(
                partial(_compare, self._now, self.files.value, self._rows[row].version)
            )
            self.copy.setEnabled(True)

    def _say(self, sentence: str) -> None:
        """Nothing can be done with what is not looked at yet."""
        self._compared = None
        self.text.clear()
        self.remark.setText(sentence)
        self.restore.setEnabled(False)
        self.copy.setEnabled(False)

    def _tell(self, outcome: object) -> None:
        if isinstance(outcome, AnnotatorError):
            self.remark.setText(str(outcome))
            return
        assert isinstance(outcome, VersionDifference)
        self._compared = outcome
        change, sentences = outcome.restoring
        if change is not None and not change:
            sentences = ("This version is the same as what is open.",)
        can = change is not None
        self.text.setHtml(_page(outcome.found) if can else _holding(outcome.found))
        said = " ".join((*sentences, *([self._read_only] if change else [])))
        self.remark.setText(escaped(said))
        self.restore.setEnabled(bool(change) and not self._read_only)

    # Doing

    def _restore(self) -> None:
        if self._compared is None or not self._compared.restoring.change:
            return
        change = self._compared.restoring.change
        self._desk.do(change)
        self.accept()
        self._talk.hint(f"{change.label}: done; Ctrl+Z undoes it.")

    def _save_copy(self) -> None:
        version = self._rows[self.list.currentRow()].version
        stem = self.files.value.stem
        name = f"{stem}.{version.local_time.replace(' ', '-').replace(':', '')}.yaml"
        proposal = str(Path.home() / name)
        chosen, _ = QFileDialog.getSaveFileName(self, "Save a copy", proposal, "YAML (*.yaml)")
        if chosen:  # the dialog has asked about a file that is there
            Outputs(replace=True).write_copy(Path(chosen), read_version(version))
            self.remark.setText(f"The copy is in {escaped(chosen)}.")


def _rows(file: Path, _: Progress) -> list[ListedVersion]:
    return [ListedVersion(one, _count(one)) for one in earlier_versions(file)]


def _count(version: KeptVersion) -> int:
    """How many entries it has, to judge by its lines; none where it cannot be read."""
    try:
        return read_version(version).count(b"\n- id: ")
    except AnnotatorError:
        return 0


def _compare(now: OpenFiles, file: Path, version: KeptVersion, _: Progress) -> VersionDifference:
    if file == now.sources_file:
        restoring = restore_registry(now.registry, version)
    else:
        restoring = restore_tagging(now.document, now.registry, version, now.sources_file)
    change = restoring.change
    if change is None:
        then = parse_document(read_version(version), str(version.path))
        found = [Effect(Sort.ADDS, "", f"{one.kind}: “{one.words}”") for one in then.annotations]
        return VersionDifference(restoring, found)
    known = {one.id: one for one in (*change.after, *change.before, *now.document.annotations)}
    sources = Registry((*now.registry.sources, *change.sources.after))
    return VersionDifference(restoring, effects(change, Tagging(known.values()), sources))


def _page(found: list[Effect]) -> str:
    """What changes as rich text, by what happens to it."""
    summary = f"<p><b>Restoring this version {escape(counted(found))}.</b></p>"
    return f"{summary}{''.join(_sections(found))}" if found else ""


def _holding(found: list[Effect]) -> str:
    """What a version holds that cannot be restored."""
    return f"<h4>It holds</h4>{_entries(found)}"


def _sections(found: list[Effect]) -> Iterator[str]:
    for sort in Sort:
        some = [one for one in found if one.sort is sort]
        if some:
            yield f"<h4>{TITLES[sort]}</h4>{_entries(some)}"


def _entries(found: list[Effect]) -> str:
    more = f"<p>… and {len(found) - LISTED:,} more</p>" if len(found) > LISTED else ""
    return "".join(map(_entry, found[:LISTED])) + more


def _entry(effect: Effect) -> str:
    if effect.sort is not Sort.CHANGES:
        return f"<p>{_lines(effect.was or effect.becomes)}</p>"
    (was, *now), (becomes, *then) = effect.was.split("\n"), effect.becomes.split("\n")
    if was != becomes:
        return f"<p>{_lines(effect.was)}<br>→ {_lines(effect.becomes)}</p>"
    sides = (f"{name}: {'; '.join(told) or '–'}" for name, told in (("now", now), ("then", then)))
    return f"<p>{_lines(chr(10).join((was, *sides)))}</p>"


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>&nbsp;&nbsp;")
