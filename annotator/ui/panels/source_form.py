"""The fields of one source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from annotator.core.sources import Source, SourceType
from annotator.ui.panels.choices import Choice
from annotator.ui.panels.parts import quieted
from annotator.ui.theme import Theme

TYPES: dict[SourceType | None, str] = {None: "–"} | {
    kind: kind.value.replace("-", " ") for kind in SourceType
}

KeyClash = Callable[[str, str], str]
"""What else acts on a key, as a sentence, for the source of an id; empty where it is free."""


class Lines(QPlainTextEdit):
    """A few lines of text; ``left`` when the keyboard goes elsewhere."""

    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class SourceForm(QWidget):
    """Shows a source; ``edited`` with it as it is to be, each time a field is left.

    ``source`` is the one shown; ``id_wanted`` when it is to get another id.
    """

    edited = Signal(object)
    id_wanted = Signal()

    def __init__(self, theme: Theme, key_clash: KeyClash) -> None:
        super().__init__()
        self._theme, self._key_clash = theme, key_clash
        self.source: Source | None = None
        self.id = QLabel()
        self.rename = QPushButton("Rename…")
        self.name = _line("Name")
        self.short = _line("Short name, for chips and chains")
        self.key = _line("Key")
        self.clash = quieted(QLabel())
        self.type = Choice("Type", TYPES)
        self.country = _line("Country")
        self.named = QCheckBox("Named in the articles")
        self.aliases = Lines("Aliases, one in a line")
        self._lay_out()
        self._connect()
        self.show_source(None)

    def show_source(self, source: Source | None) -> None:
        """Show another source, or none; what was typed and not taken is gone."""
        self.source = source
        self.setEnabled(source is not None)
        shown = source or Source(id="", name="")
        self.id.setText(shown.id)
        self.rename.setAccessibleName(f"Rename the id {shown.id}")
        lines = {self.name: shown.name, self.short: shown.short, self.country: shown.country}
        for field, text in (lines | {self.key: (shown.key or "").upper()}).items():
            field.setText(text or "")
        self.type.show_value(shown.type)
        self.named.setChecked(shown.named)
        self.aliases.setPlainText("\n".join(shown.aliases))
        self._show_clash()

    def commit(self) -> None:
        """Take what stands in the fields, if it is something else than was shown."""
        if self.source is None:
            return
        new = self._entered(self.source)
        if new != self.source:
            self.edited.emit(new)

    def _entered(self, source: Source) -> Source:
        key = self.key.text().strip().lower()
        is_same = key == (source.key or "").lower()
        typed = self.aliases.document().isModified()
        lines = (" ".join(line.split()) for line in self.aliases.toPlainText().splitlines())
        return replace(
            source,
            name=self.name.text().strip(),
            short=self.short.text().strip() or None,
            key=source.key if is_same else key or None,
            type=self.type.value,
            country=self.country.text().strip().upper() or None,
            named=self.named.isChecked(),
            # Asked back, the widget would give a no-break space as a blank.
            aliases=tuple(filter(None, lines)) if typed else source.aliases,
        )

    def _show_clash(self) -> None:
        key = self.key.text().strip()
        clash = self._key_clash(key, self.source.id) if key and self.source else ""
        palette = self.palette()
        palette.setColor(self.clash.foregroundRole(), self._theme.problem)
        self.clash.setPalette(palette)
        self.clash.setText(clash)

    def _connect(self) -> None:
        for field in (self.name, self.short, self.key, self.country):
            field.editingFinished.connect(self.commit)
        self.key.textChanged.connect(self._show_clash)
        self.type.picked.connect(self.commit)
        self.named.clicked.connect(self.commit)
        self.aliases.left.connect(self.commit)
        self.rename.clicked.connect(self.id_wanted)

    def _lay_out(self) -> None:
        self.key.setMaxLength(2)
        self.key.setMaximumWidth(44)
        self.country.setMaxLength(2)
        self.country.setMaximumWidth(64)
        self.country.setPlaceholderText("KP")
        self.rename.setAutoDefault(False)
        self.rename.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clash.setWordWrap(True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.addRow(_label("Id"), _row(self.id, self.rename))
        form.addRow(_label("Name"), self.name)
        form.addRow(_label("Short"), self.short)
        form.addRow(_label("Key"), _row(self.key, self.clash))
        form.addRow(_label("Type"), self.type)
        form.addRow(_label("Country"), self.country)
        form.addRow(_label(""), self.named)
        form.addRow(_label("Aliases"), self.aliases)


def _line(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field


def _label(text: str) -> QLabel:
    return quieted(QLabel(text))


def _row(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(first, int(isinstance(first, QLabel)))
    row.addWidget(second, int(isinstance(second, QLabel)))
    return row
