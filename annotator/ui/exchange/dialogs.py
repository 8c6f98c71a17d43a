"""The two dialogs: what goes out in which format, and what comes in from where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from annotator.core.display_text import count
from annotator.core.errors import StorageError
from annotator.formats.detection import format_of
from annotator.formats.format import Format
from annotator.formats.table import readable, refuse_missing, writable
from annotator.ui.widgets.boxes import TIGHT, in_column, in_row, push_button
from annotator.ui.widgets.line_edits import named_line
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.reading_dialogs import button_box

WIDTH = 600
"""Pixels, so that what a format cannot carry fits into two lines."""

SEVERAL = "; "
"""What stands between several paths in one line."""


class FormatBox(QWidget):
    """A choice of formats; below it what the chosen one needs or, going ``out``, cannot carry."""

    def __init__(
        self, forms: Sequence[Format], changed: Callable[[], object], *, out: bool
    ) -> None:
        super().__init__()
        self._forms, self._changed, self._out = tuple(forms), changed, out
        self.combo = QComboBox()
        self.combo.setAccessibleName("Format")
        for form in self._forms:
            self.combo.addItem(f"{form.title} ({', '.join(form.suffixes)})")
        self.remark = PlainLabel()
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setWordWrap(True)
        self.remark.setMinimumHeight(self.remark.fontMetrics().lineSpacing() * 2 if out else 0)
        self.remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        in_column(self.combo, self.remark, inside=self, around=TIGHT)
        self.combo.currentIndexChanged.connect(self._show_remark)

    @property
    def form(self) -> Format:
        """The chosen format."""
        return self._forms[self.combo.currentIndex()]

    def choose(self, name: str) -> None:
        """Choose a format by its name, if it is there."""
        names = [form.name for form in self._forms]
        self.combo.setCurrentIndex(names.index(name) if name in names else 0)
        self._show_remark()

    @property
    def missing(self) -> str:
        """What must be installed for the chosen format; empty where nothing is missing."""
        try:
            refuse_missing(self.form)
        except StorageError as error:
            return str(error)
        return ""

    def _show_remark(self) -> None:
        lost = ", ".join(self.form.loses)
        carries = f"It cannot carry {lost}." if lost else "It carries everything."
        self.remark.setText(self.missing or (carries if self._out else ""))
        self.remark.setVisible(bool(self.remark.text()))
        self._changed()


class ExportDialog(QDialog):
    """Which format, and how much: one of ``scopes``, in words and as a number of files."""

    def __init__(
        self, parent: QWidget, scopes: Sequence[tuple[str, int]], format_name: str
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.formats = FormatBox(writable(), self._check, out=True)
        self.scopes = QButtonGroup(self)
        buttons = in_column()
        for nth, (scope, files) in enumerate(scopes):
            number = "nothing yet" if not files else count(files, "file")
            button = QRadioButton(f"{scope}: {number}")
            button.setEnabled(files > 0)
            button.setChecked(files > 0 and self.scopes.checkedId() < 0)
            self.scopes.addButton(button, nth)
            buttons.addWidget(button)
        form = QFormLayout()
        form.addRow("Format", self.formats)
        form.addRow("What", buttons)
        self.go = _finish(self, form, "Export…")
        self.formats.choose(format_name)
        self.formats.combo.setFocus()

    def _check(self) -> None:
        self.go.setEnabled(not self.formats.missing)


class ImportDialog(QDialog):
    """From where, in which format, whose tagging it is to be, and into which folder.

    The format follows the file that is named, where it can be told.
    """

    def __init__(self, parent: QWidget, folder: Path | None, format_name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import")
        self.formats = FormatBox(readable(), self._check, out=False)
        self.source = named_line("Files or folder to import")
        self.annotator = named_line("Whose tagging it is to be")
        self.annotator.setPlaceholderText("as the files say")
        self.folder = named_line("Folder of articles to import into", str(folder or ""))
        form = QFormLayout()
        buttons = ("Files…", self._ask_files), ("Folder…", self._ask_source)
        form.addRow("From", _with_buttons(self.source, *buttons))
        form.addRow("Format", self.formats)
        form.addRow("Annotator", self.annotator)
        form.addRow("Into", _with_buttons(self.folder, ("Folder…", self._ask_folder)))
        self.go = _finish(self, form, "Import")
        for line in (self.source, self.folder):
            line.textChanged.connect(self._check)
        self.source.textChanged.connect(self._recognise)
        self.formats.choose(format_name)
        self.source.setFocus()

    @property
    def paths(self) -> list[Path]:
        """What is to be imported."""
        return [Path(one) for one in self.source.text().split(SEVERAL) if one.strip()]

    def _check(self) -> None:
        entered = self.source.text().strip() and self.folder.text().strip()
        self.go.setEnabled(bool(entered) and not self.formats.missing)
        self.go.setDefault(self.go.isEnabled())

    def _recognise(self) -> None:
        """Choose the format of what is named first, if it is there and can be told."""
        for path in filter(Path.exists, self.paths[:1]):
            if form := format_of(path, readable()):
                self.formats.choose(form.name)

    def _ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, "Import files", self.folder.text(), _kinds_of_files()
        )
        if names:
            self.source.setText(SEVERAL.join(names))

    def _ask_source(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, "Import a folder", self.source.text()):
            self.source.setText(name)

    def _ask_folder(self) -> None:
        title = "The folder of articles to import into"
        if name := QFileDialog.getExistingDirectory(self, title, self.folder.text()):
            self.folder.setText(name)


def _kinds_of_files() -> str:
    """All that can be imported, then each format; anything can be tried."""
    kinds = {one.title: [f"*{suffix}" for suffix in one.suffixes] for one in readable()}
    every = " ".join(dict.fromkeys(end for ends in kinds.values() for end in ends))
    each = (f"{title} ({' '.join(ends)})" for title, ends in kinds.items())
    return ";;".join((f"All of these ({every})", *each, "All files (*)"))


def _with_buttons(line: QLineEdit, *buttons: tuple[str, Callable[[], object]]) -> QHBoxLayout:
    return in_row((line, 1), *(push_button(label, act) for label, act in buttons))


def _finish(dialog: QDialog, form: QFormLayout, go: str) -> QPushButton:
    """Lay out the dialog; returns the button that goes on."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    buttons = button_box(dialog, QDialogButtonBox.StandardButton.Cancel)
    accept = buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
    accept.setDefault(True)
    in_column(form, buttons, inside=dialog, around=(20, 16, 20, 16), gap=16)
    dialog.setMinimumWidth(WIDTH)
    return accept
