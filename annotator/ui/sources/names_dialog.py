"""Names that the folder's articles make say something, to be taken into the registry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.sources import Registry, Source, new_source_id
from annotator.storage.folder import Folder
from annotator.suggest.names import Name, names_in_folder
from annotator.ui.sources.table import ROW
from annotator.ui.widgets.background import Background
from annotator.ui.widgets.boxes import in_column
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.reading_dialogs import button_box

_HEADS = ("Name", "Short", "Times", "Articles")
_NUMBERS = (2, 3)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NAME = Qt.ItemDataRole.UserRole


class NamesDialog(QDialog):
    """Looks through the articles and lists the names; ``chosen`` with those that are ticked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, folder: Folder, registry: Registry) -> None:
        super().__init__(parent)
        self.setWindowTitle("Names in the articles")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.sentence = PlainLabel("Looking through the articles…")
        self.sentence.setWordWrap(True)
        self.list = _list()
        self.buttons = button_box(self, QDialogButtonBox.StandardButton.Cancel)
        self.add = self.buttons.addButton("Add", QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self.list.itemChanged.connect(self._count)
        self._looking = Background(self)
        self._looking.got_on.connect(self._show_progress)
        self._looking.came.connect(self._show)
        self._looking.start(lambda progress: names_in_folder(folder, registry, progress))

    @property
    def ticked(self) -> list[Name]:
        """The names that are to be added."""
        checked = Qt.CheckState.Checked
        return [item.data(0, NAME) for item in self._items() if item.checkState(0) is checked]

    def accept(self) -> None:
        """Hand over what is ticked."""
        self.chosen.emit(self.ticked)
        super().accept()

    def done(self, result: int) -> None:
        """Close; the work ends with the dialog."""
        self._looking.stop()
        super().done(result)

    def _show_progress(self, done: int, of: int) -> None:
        self.sentence.setText(f"Looking through the articles: {done:,} of {of:,}…")

    def _show(self, outcome: object) -> None:
        if isinstance(outcome, AnnotatorError):
            self.sentence.setText(str(outcome))
        elif isinstance(outcome, list):
            self.list.addTopLevelItems([_item(name) for name in outcome])
            self.sentence.setText(_summary(outcome))
            if first := self.list.topLevelItem(0):
                self.list.setCurrentItem(first)
            self.list.setFocus()

    def _count(self) -> None:
        number = len(self.ticked)
        self.add.setEnabled(number > 0)
        self.add.setText(f"Add {number:,}" if number else "Add")

    def _items(self) -> Iterator[QTreeWidgetItem]:
        rows = range(self.list.topLevelItemCount())
        return (item for row in rows if (item := self.list.topLevelItem(row)))

    def _lay_out(self) -> None:
        self._count()
        parts = self.sentence, self.list, self.buttons
        in_column(*parts, inside=self, around=(14, 12, 14, 12), gap=10)
        self.resize(560, 460)


def _list() -> QTreeWidget:
    view = QTreeWidget()
    view.setAccessibleName("Names in the articles")
    view.setHeaderLabels(_HEADS)
    view.setRootIsDecorated(False)
    view.setUniformRowHeights(True)
    view.setAllColumnsShowFocus(True)
    header = view.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for number in _NUMBERS:
        view.headerItem().setTextAlignment(number, _RIGHT)
    return view


def _item(name: Name) -> QTreeWidgetItem:
    texts = [name.name, name.short or "", f"{name.times:,}", f"{name.articles:,}"]
    item = QTreeWidgetItem(texts)
    item.setData(0, NAME, name)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    item.setSizeHint(0, QSize(0, ROW))
    for number in _NUMBERS:
        item.setTextAlignment(number, _RIGHT)
    return item


def _summary(names: Sequence[Name]) -> str:
    if not names:
        return "No further names stand beside reporting words in these articles."
    return (
        "These stand beside reporting words and are no sources yet. Tick those that are to be "
        "sources (Space); nothing else is kept."
    )


def sources_named(names: Iterable[Name], taken: Iterable[str]) -> list[Source]:
    """New sources of these names; their ids are not among ``taken``."""
    ids, sources = set(taken), list[Source]()
    for one in names:
        source_id = new_source_id(one.short or one.name, ids)
        ids.add(source_id)
        sources.append(Source(id=source_id, name=one.name, short=one.short))
    return sources
