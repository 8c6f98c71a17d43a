"""The page of sources: the registry as a table, the chosen source's fields beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from annotator.core.change import Change
from annotator.core.errors import AnnotatorError
from annotator.core.registry_edits import (
    add_source,
    add_sources,
    delete_source,
    edit_source,
    key_holder,
)
from annotator.core.sources import Registry, Source, new_source_id
from annotator.storage.folder import Folder
from annotator.storage.session import Session
from annotator.storage.source_renames import annotation_files, files_naming, named_in
from annotator.ui.articles.saving import Saving
from annotator.ui.command import Command
from annotator.ui.desk import Desk
from annotator.ui.keys.keys import Keys, command_with, label_of
from annotator.ui.sources.form import SourceForm
from annotator.ui.sources.renames import SourceRename
from annotator.ui.sources.table import SourceList, SourceRow
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance
from annotator.ui.widgets.background import Background, Progress
from annotator.ui.widgets.boxes import in_column, in_row, push_button
from annotator.ui.widgets.line_edits import filter_field
from annotator.ui.widgets.plain import PlainLabel, plain_tip
from annotator.ui.widgets.quiet import coloured, heading, quieted

if TYPE_CHECKING:
    from annotator.suggest.names import Name

NEW = "New source"
FROM_ARTICLES = "Add from the articles…"

Verb = Callable[[Registry], Change]


class SourcesPage(QDialog):
    """Every edit is a change on the desk: journalled, saved and undone like any other.

    The parameters are those of `SourceRegistry`.
    """

    def __init__(
        self,
        desk: Desk,
        talk: Talk,
        appearance: Appearance,
        saving: Saving,
        keys: Callable[[], Mapping[Command, Keys]],
    ) -> None:
        super().__init__(talk.parent)
        self.setWindowTitle("Sources")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._appearance, self._keys = desk, appearance, keys
        self._current = ""
        self._others: Counter[str] | None = None
        self.filter = filter_field("Filter sources…")
        self.list = SourceList(appearance.theme)
        self.form = SourceForm(appearance.theme, self.key_clash)
        self.message = quieted(PlainLabel())
        self.message.setWordWrap(True)
        self.buttons = {
            label: push_button(label)
            for label in ("Add", FROM_ARTICLES, "Delete", "Merge into…", "Undo")
        }
        self._counting = Background(self)
        self.rename = SourceRename(desk, talk, appearance, saving, self)
        self._lay_out()
        self._connect()
        self.refresh()
        self._count()

    @property
    def source(self) -> Source | None:
        """The source whose fields are shown."""
        return self._desk.registry.by_id.get(self._current)

    def refresh(self) -> None:
        """Show the registry and the counts as they are now."""
        registry, here = self._desk.registry, self._here()
        self.list.show_rows([self._row(one, here) for one in registry.sources], self._current)
        self._show_current()

    def say(self, sentence: str) -> None:
        """Say something below the table; else it stands there why nothing can be changed."""
        self.message.setPalette(self.palette())
        self.message.setText(sentence or self._desk.need_session().read_only or "")

    def refuse(self, sentence: str) -> None:
        """Say below the table why something cannot be done."""
        coloured(self.message, self._appearance.theme.problem)
        self.message.setText(sentence)

    def key_clash(self, key: str, source_id: str) -> str:
        """What else acts on a source's key, as a sentence; empty where it is free."""
        command = command_with(key, self._keys())
        if command:
            return f"{key.upper()} is the key of a command: {label_of(command)}."
        other = key_holder(self._desk.registry, key, source_id)
        return f"{key.upper()} tags with {other.label} already." if other else ""

    # Editing

    def _edit(self, new: Source) -> None:
        old = self._desk.registry.by_id.get(new.id)
        if old is None:
            return
        clash = self.key_clash(new.key, new.id) if new.key and new.key != old.key else ""
        if clash:
            self.refuse(clash)
        else:
            self._do(lambda registry: edit_source(registry, old, new))

    def _add(self) -> None:
        known = self._desk.registry.by_id
        source = Source(id=new_source_id(NEW, known), name=NEW)
        if self._do(lambda registry: add_source(registry, source)):
            self.filter.clear()
            self.list.go_to(source.id)
            self.form.name.setFocus()
            self.form.name.selectAll()

    def _add_from_articles(self) -> None:
        from annotator.ui.sources.names_dialog import NamesDialog

        dialog = NamesDialog(self, self._desk.need_folder(), self._desk.registry)
        dialog.chosen.connect(self._add_names)
        dialog.open()

    def _add_names(self, names: list[Name]) -> None:
        from annotator.ui.sources.names_dialog import sources_named

        new = sources_named(names, self._desk.registry.by_id)
        if new and self._do(lambda registry: add_sources(registry, new)):
            self.list.go_to(new[0].id)

    def _delete(self) -> None:
        if source := self.source:
            self._do(lambda _: delete_source(source, self._used(source.id)))

    def _used(self, source_id: str) -> dict[str, int]:
        """How often a source is named, by file; the open article as it is now."""
        session, folder = self._desk.need_session(), self._desk.need_folder()
        here = self._here()[source_id]
        used = {session.path.name: here} if here else {}
        found = files_naming(folder, source_id)
        return used | {path.name: times for path, times in found if path != session.path}

    def _do(self, verb: Verb) -> bool:
        try:
            self._desk.do(verb(self._desk.registry))
        except AnnotatorError as error:
            self.refuse(str(error))
            return False
        self.say("")
        return True

    def _merge(self) -> None:
        if self.source:
            self.rename.ask_target(self.source, self.buttons["Merge into…"])

    def _ask_id(self) -> None:
        if self.source:
            self.rename.ask_id(self.source)

    def _undo(self) -> None:
        try:
            self._desk.undo()
        except AnnotatorError as error:
            self.refuse(str(error))

    # Following

    def _follow(self, change: Change) -> None:
        """Something was done or undone on the desk."""
        entered = {source.id for source in change.sources.after}
        left = {source.id for source in change.sources.before}
        if self._current in left - entered and entered:
            self._current = next(iter(entered))
        self.refresh()

    def _go_to(self, source_id: str) -> None:
        if source_id != self._current:
            self.form.commit()
            self._current = source_id
            self._show_current()

    def _show_current(self) -> None:
        source = self.source
        if self.form.source != source:
            self.form.show_source(source)
        editable = self._desk.editable
        self.form.setEnabled(editable and source is not None)
        for label, one in self.buttons.items():
            one.setEnabled(editable and (label in ("Add", FROM_ARTICLES) or source is not None))
        stack = self._desk.stack
        self.buttons["Undo"].setEnabled(editable and stack.canUndo())
        self.buttons["Undo"].setToolTip(plain_tip(stack.undoText()))

    def _row(self, source: Source, here: Counter[str]) -> SourceRow:
        others = self._others
        folder = None if others is None else others[source.id] + here[source.id]
        clash = self.key_clash(source.key, source.id) if source.key else ""
        return SourceRow(source, here[source.id], folder, clash)

    def _here(self) -> Counter[str]:
        return Counter(one.source for one in self._desk.tagging if one.source)

    def _count(self) -> None:
        """Count the folder's other files, beside the window."""
        session, folder = self._desk.need_session(), self._desk.need_folder()
        self._others = None
        self._counting.start(lambda progress: count_named(folder, session, progress))

    def _counted(self, outcome: object) -> None:
        if isinstance(outcome, Counter):
            self._others = outcome
            self.list.show_counts(outcome + self._here())
            self.say("")

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.list.filter)
        self.list.moved.connect(self._go_to)
        self.form.edited.connect(self._edit)
        self.form.id_wanted.connect(self._ask_id)
        acts = (self._add, self._add_from_articles, self._delete, self._merge, self._undo)
        for one, act in zip(self.buttons.values(), acts, strict=True):
            one.clicked.connect(act)
        self._counting.came.connect(self._counted)
        self._counting.got_on.connect(lambda n, of: self.say(f"Counting: {n} of {of} files"))
        self.rename.said.connect(self.say)
        self.rename.refused.connect(self.refuse)
        self.rename.done.connect(self._count)
        self._desk.changed.connect(self._follow)
        self._desk.undo_changed.connect(self._show_current)
        self._desk.opened.connect(self.close)

    def done(self, result: int) -> None:
        """Close; what is typed is taken first."""
        self.form.commit()
        self._counting.stop()
        super().done(result)

    def _lay_out(self) -> None:
        below = in_row(*self.buttons.values(), 1, push_button("Close", self.accept))
        left = in_column(self.filter, (self.list, 1))
        right = in_column(heading("Source"), (self.form, 1))
        parts = (in_row((left, 2), (right, 1), gap=16), 1), self.message, below
        in_column(*parts, inside=self, around=(14, 12, 14, 12), gap=10)
        self.resize(1080, 560)


def count_named(folder: Folder, session: Session, progress: Progress) -> Counter[str]:
    """How often each source is named in the folder's files but the session's own.

    What cannot be read is left out; opening it says what is wrong.
    """
    found: Counter[str] = Counter()
    files = [path for path in annotation_files(folder) if path != session.path]
    for done, path in enumerate(files):
        progress(done, len(files))
        with suppress(AnnotatorError):
            found += named_in(path)
    return found
