"""Merging two sources and renaming one, in the open article and in all files of its folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.display_text import count
from annotator.core.errors import AnnotatorError, EditRefused
from annotator.core.registry_edits import replace_source
from annotator.core.sources import Source
from annotator.storage.source_renames import Plan, carry_out, plan
from annotator.ui.tagging.source_picker import SourcePicker
from annotator.ui.theme import Theme
from annotator.ui.widgets.background import Background
from annotator.ui.widgets.plain import PlainLabel

if TYPE_CHECKING:
    from annotator.ui.sources.page import SourcesPage
    from annotator.ui.window import Window


class Move(QObject):
    """A source on its way to another id: asked for, looked at, shown, and done.

    ``done`` when it is.
    """

    done = Signal()

    def __init__(self, window: Window, page: SourcesPage) -> None:
        super().__init__(page)
        self._window, self._page = window, page
        self._from: Source | None = None
        self._to = ""
        self._looking = Background(self)
        self._looking.got_on.connect(lambda n, of: page.say(f"Looking: {n} of {of} files"))
        self._looking.came.connect(self._show)
        self.picker = SourcePicker(page)
        self.picker.field.setPlaceholderText("Into which source?")
        self.picker.chosen.connect(lambda source: self._look(source.id))
        self.picker.created.connect(self._refuse_new)

    def ask_target(self, source: Source, button: QPushButton) -> None:
        """Ask into which other source this one is to be merged."""
        self._from = source
        below = button.mapToGlobal(QPoint(0, button.height()))
        others = self._window.registry.changed([source], [])
        self.picker.open_at(below, others, "", None)

    def ask_id(self, source: Source) -> None:
        """Ask for another id."""
        self._from = source
        new_id = self._window.talk.ask_text("Another id, in a-z, 0-9 and hyphens:", source.id)
        if new_id and new_id != source.id:
            self._look(new_id)

    def _refuse_new(self, name: str) -> None:
        self._page.say(f"There is no source “{name}” to merge into.", bad=True)

    def _look(self, new_id: str) -> None:
        """Look, beside the window, what is to change where."""
        self._to = new_id
        self._attempt(self._start)

    def _start(self) -> None:
        window, old, new_id = self._window, self._from, self._to
        session, folder = window.desk.session, window.folder
        assert session is not None
        assert folder is not None
        assert old is not None
        if session.read_only:
            raise EditRefused(session.read_only)
        replace_source((), window.registry, old, new_id)
        window.saving.finish()
        registry, held = window.registry, session.path
        self._looking.start(
            lambda progress: plan(folder, registry, old, new_id, held=held, progress=progress)
        )

    def _show(self, outcome: object) -> None:
        """Show what is to change, before it does."""
        self._page.say("")
        if isinstance(outcome, AnnotatorError):
            self._page.say(str(outcome), bad=True)
        elif isinstance(outcome, Plan):
            label = self._window.registry.label
            what = "Merge" if self._to in self._window.registry.by_id else "Rename"
            old = self._from.label if self._from else ""
            title = f"{what} {old} {'into' if what == 'Merge' else 'to'} {label(self._to)}"
            listed = PlanList(self._page, title, outcome, self._window.theme)
            listed.carried_out.connect(lambda: self._attempt(lambda: self._follow(outcome)))
            listed.open()

    def _follow(self, elsewhere: Plan) -> None:
        """The files are changed; now the open article, so that undo takes all of it back."""
        window, old = self._window, self._from
        assert old is not None
        change = replace_source(window.tagging, window.registry, old, self._to)
        window.desk.do(change, elsewhere=elsewhere)
        window.saving.save()
        self.done.emit()

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except AnnotatorError as error:
            self._page.say(str(error), bad=True)


class PlanList(QDialog):
    """Which files change, and how much; ``carried_out`` when they have."""

    carried_out = Signal()

    def __init__(self, parent: QWidget, title: str, plan: Plan, theme: Theme) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._plan = plan
        self.sentence = PlainLabel(f"{title}: {_amount(plan)}")
        self.list = _list_of(plan)
        self.obstacles = PlainLabel("\n".join(plan.obstacles))
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Files written")
        self.bar.hide()
        self._doing = Background(self)
        self._doing.got_on.connect(self._show_progress)
        self._doing.came.connect(self._came)
        self._lay_out(title.partition(" ")[0], theme)

    def _lay_out(self, verb: str, theme: Theme) -> None:
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Cancel, self)
        self.go = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setEnabled(not self._plan.obstacles)
        self.go.setDefault(True)
        self.go.clicked.connect(self._start)
        self.buttons.rejected.connect(self.reject)
        palette = self.palette()
        palette.setColor(self.obstacles.foregroundRole(), theme.problem)
        self.obstacles.setPalette(palette)
        self.obstacles.setVisible(bool(self._plan.obstacles))
        box = QVBoxLayout(self)
        box.setSpacing(10)
        for part in (self.sentence, self.list, self.obstacles, self.bar, self.buttons):
            box.addWidget(part)
            if isinstance(part, QLabel):
                part.setWordWrap(True)
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
            self.carried_out.emit()


def _list_of(plan: Plan) -> QListWidget:
    view = QListWidget()
    view.setAccessibleName("Files that change")
    for step in plan.tagged:
        own = ", open here" if step.path == plan.held else ""
        view.addItem(f"{step.path.name}  –  {count(step.count, 'tag')}{own}")
    view.addItem(f"{plan.folder.sources_file.name}  –  the source itself")
    return view


def _amount(plan: Plan) -> str:
    tags, files = sum(step.count for step in plan.tagged), len(plan.tagged)
    if not files:
        return "no tag names it."
    return f"{count(tags, 'tag')} in {count(files, 'file')}."
