"""Merging two sources and renaming one, in the open article and in all files of its folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QProgressBar,
    QPushButton,
    QWidget,
)

from annotator.core.display_text import count, escaped, shown_name
from annotator.core.errors import AnnotatorError
from annotator.core.registry_edits import replace_source
from annotator.core.sources import Source
from annotator.storage.source_renames import Plan, carry_out, plan
from annotator.ui.articles.saving import Saving
from annotator.ui.desk import Desk
from annotator.ui.tagging.source_picker import SourcePicker
from annotator.ui.talk import Talk
from annotator.ui.theme import Appearance, Theme
from annotator.ui.widgets.background import Background
from annotator.ui.widgets.boxes import in_column
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.quiet import coloured

Tell = Callable[[Sequence[str]], object]
"""Shows sentences to the user; nothing where there are none."""


class FilesRenamed:
    """What a plan did to the other files of the folder, for undo and redo.

    ``save`` saves everything now: the plan leaves the open file to its session. ``tell`` is
    given the sentences that come of it.
    """

    def __init__(self, done: Plan, save: Callable[[], object], tell: Tell) -> None:
        self._done, self._save, self._tell = done, save, tell

    def undo(self) -> None:
        """Take it back; raises as `carry_out`."""
        self._save()
        self._tell(carry_out(self._done.inverse()))

    def redo(self) -> None:
        """Do it again; raises as `carry_out`."""
        self._save()
        self._tell(carry_out(self._done.again()))


class SourceRename(QObject):
    """Gives a source another id, or merges it into another source.

    It asks for the id, looks what changes, shows that, and does it; its dialogs belong to
    ``page``. ``done`` when it is; ``said`` how far it is, ``refused`` why it cannot be done.
    """

    done = Signal()
    said = Signal(str)
    refused = Signal(str)

    def __init__(
        self, desk: Desk, talk: Talk, appearance: Appearance, saving: Saving, page: QWidget
    ) -> None:
        super().__init__(page)
        self._desk, self._talk, self._saving = desk, talk, saving
        self._appearance, self._page = appearance, page
        self._from: Source | None = None
        self._to = ""
        self._looking = Background(self)
        self._looking.got_on.connect(lambda n, of: self.said.emit(f"Looking: {n} of {of} files"))
        self._looking.came.connect(self._show)
        self.picker = SourcePicker(page)
        self.picker.field.setPlaceholderText("Into which source?")
        self.picker.chosen.connect(lambda source: self._look(source.id))
        self.picker.created.connect(self._refuse_new)

    def ask_target(self, source: Source, button: QPushButton) -> None:
        """Ask into which other source this one is to be merged."""
        self._from = source
        below = button.mapToGlobal(QPoint(0, button.height()))
        others = self._desk.registry.changed([source], [])
        self.picker.open_at(below, others, "", None)

    def ask_id(self, source: Source) -> None:
        """Ask for another id."""
        self._from = source
        new_id = self._talk.ask_text("Another id, in a-z, 0-9 and hyphens:", source.id)
        if new_id and new_id != source.id:
            self._look(new_id)

    def _refuse_new(self, name: str) -> None:
        self.refused.emit(f"There is no source “{name}” to merge into.")

    def _look(self, new_id: str) -> None:
        """Look, beside the window, what is to change where."""
        self._to = new_id
        self._attempt(self._start)

    def _start(self) -> None:
        desk, old, new_id = self._desk, self._from, self._to
        session, folder = desk.need_session(), desk.need_folder()
        assert old is not None
        desk.refuse_read_only()
        replace_source((), desk.registry, old, new_id)
        self._saving.finish()
        registry, held = desk.registry, session.path
        self._looking.start(
            lambda progress: plan(folder, registry, old, new_id, held=held, progress=progress)
        )

    def _show(self, outcome: object) -> None:
        """Show what is to change, before it does."""
        self.said.emit("")
        if isinstance(outcome, AnnotatorError):
            self.refused.emit(str(outcome))
        elif isinstance(outcome, Plan):
            registry, old = self._desk.registry, self._from.label if self._from else ""
            what, to = ("Merge", "into") if self._to in registry.by_id else ("Rename", "to")
            title = escaped(f"{what} {old} {to} {registry.label(self._to)}")
            listed = PlanList(self._page, title, outcome, self._appearance.theme)
            listed.carried_out.connect(
                lambda told: self._attempt(partial(self._follow, outcome, told))
            )
            listed.open()

    def _tell(self, sentences: Sequence[str]) -> None:
        if sentences:
            self._talk.tell(" ".join(sentences))

    def _follow(self, done: Plan, told: Sequence[str]) -> None:
        """The files are changed; now the open article, so that undo takes all of it back."""
        self._tell(told)
        assert self._from is not None
        change = replace_source(self._desk.tagging, self._desk.registry, self._from, self._to)
        self._desk.do(change, elsewhere=FilesRenamed(done, self._saving.finish, self._tell))
        self._saving.save()
        self.done.emit()

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except AnnotatorError as error:
            self.refused.emit(str(error))


class PlanList(QDialog):
    """Which files change, and how much; ``carried_out`` when they have, with sentences on it."""

    carried_out = Signal(tuple)

    def __init__(self, parent: QWidget, title: str, plan: Plan, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plan = plan
        self.sentence = PlainLabel(f"{title}: {_amount(plan)}")
        self.list = _list_of(plan)
        self.obstacles = PlainLabel("\n".join(map(escaped, plan.obstacles)))
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Files written")
        self.bar.hide()
        self._doing = Background(self)
        self._doing.got_on.connect(self._show_progress)
        self._doing.came.connect(self._came)
        self._doing.failed.connect(lambda: self.buttons.setEnabled(True))
        self._lay_out(title.partition(" ")[0], theme)

    def _lay_out(self, verb: str, theme: Theme) -> None:
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Cancel, self)
        self.go = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setEnabled(not self._plan.obstacles)
        self.go.setDefault(True)
        self.go.clicked.connect(self._start)
        self.buttons.rejected.connect(self.reject)
        coloured(self.obstacles, theme.problem)
        self.obstacles.setVisible(bool(self._plan.obstacles))
        for label in (self.sentence, self.obstacles):
            label.setWordWrap(True)
        parts = self.sentence, self.list, self.obstacles, self.bar, self.buttons
        in_column(*parts, inside=self, gap=10)
        self.resize(520, 360)

    def _start(self) -> None:
        # From here on it goes on to the end: half of the files are of no use to anybody.
        self.buttons.setEnabled(False)
        self.bar.show()
        self._doing.start(lambda progress: carry_out(self._plan, progress))

    def reject(self) -> None:
        """Leave everything as it is; too late once it has begun."""
        if self.buttons.isEnabled():
            super().reject()

    def _show_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    def _came(self, outcome: object) -> None:
        self.buttons.setEnabled(True)
        self.bar.hide()
        if isinstance(outcome, AnnotatorError):
            self.obstacles.setText(str(outcome))
            self.obstacles.show()
            self.go.setEnabled(False)
        else:
            self.accept()
            self.carried_out.emit(outcome)


def _list_of(plan: Plan) -> QListWidget:
    view = QListWidget()
    view.setAccessibleName("Files that change")
    for step in plan.tagged:
        own = ", open here" if step.path == plan.held else ""
        view.addItem(f"{shown_name(step.path.name)}  –  {count(step.count, 'tag')}{own}")
    view.addItem(f"{plan.folder.sources_file.name}  –  the source itself")
    return view


def _amount(plan: Plan) -> str:
    tags, files = sum(step.count for step in plan.tagged), len(plan.tagged)
    if not files:
        return "no tag names it."
    return f"{count(tags, 'tag')} in {count(files, 'file')}."
