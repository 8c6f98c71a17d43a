"""The fields of one source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from annotator.core.sources import LocalAliases, Source, SourceColour, SourceType, united
from annotator.ui.sources.colours import dot_icon
from annotator.ui.theme import Theme
from annotator.ui.widgets.boxes import in_row
from annotator.ui.widgets.choices import Choice
from annotator.ui.widgets.line_edits import named_line
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.quiet import coloured, quieted

TYPES: dict[SourceType | None, str] = {None: "–"} | {
    kind: kind.value.replace("-", " ") for kind in SourceType
}

COLOURS: dict[SourceColour | None, str] = {None: "–"} | {
    colour: colour.value for colour in SourceColour
}

_LOCAL = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*:\s+(.+)")

KeyClash = Callable[[str, str], str]
"""What else acts on a key, as a sentence, for the source of an id; empty where it is free."""


class AliasField(QPlainTextEdit):
    """Aliases, one in a line; ``left`` when the keyboard goes elsewhere."""

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
        self.id = PlainLabel()
        self.rename = QPushButton("Rename…")
        self.name = named_line("Name")
        self.short = named_line("Short name, for chips and chains")
        self.key = named_line("Key")
        self.clash = quieted(PlainLabel())
        self.type = Choice("Type", TYPES)
        self.country = named_line("Country")
        self.colour = Choice("Colour", COLOURS)
        self.named = QCheckBox("Named in the articles")
        self.aliases = AliasField("Aliases, one in a line")
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
        self.colour.show_value(shown.colour)
        self.named.setChecked(shown.named)
        self.aliases.setPlainText("\n".join(alias_lines(shown)))
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
        # Asked back, the widget would give a no-break space as a blank.
        typed = self.aliases.document().isModified()
        aliases, local = read_aliases(self.aliases.toPlainText() if typed else "")
        return replace(
            source,
            name=self.name.text().strip(),
            short=self.short.text().strip() or None,
            key=source.key if is_same else key or None,
            type=self.type.value,
            country=self.country.text().strip().upper() or None,
            colour=self.colour.value,
            named=self.named.isChecked(),
            aliases=aliases if typed else source.aliases,
            aliases_in=local if typed else source.aliases_in,
        )

    def _show_clash(self) -> None:
        key = self.key.text().strip()
        clash = self._key_clash(key, self.source.id) if key and self.source else ""
        coloured(self.clash, self._theme.problem)
        self.clash.setText(clash)

    def _connect(self) -> None:
        for field in (self.name, self.short, self.key, self.country):
            field.editingFinished.connect(self.commit)
        self.key.textChanged.connect(self._show_clash)
        for choice in (self.type, self.colour):
            choice.picked.connect(self.commit)
        self.named.clicked.connect(self.commit)
        self.aliases.left.connect(self.commit)
        self.rename.clicked.connect(self.id_wanted)

    def _lay_out(self) -> None:
        self.key.setMaxLength(2)
        self.key.setMaximumWidth(44)
        self.country.setMaxLength(2)
        self.country.setMaximumWidth(64)
        self.country.setPlaceholderText("KP")
        self.aliases.setPlaceholderText("One in a line; in one language only as\nko: 조선중앙통신")
        self.aliases.setToolTip("One in a line. A name of one language: ko: 조선중앙통신")
        for nth, colour in enumerate(COLOURS):
            if colour is not None:
                self.colour.setItemIcon(nth, dot_icon(colour, self._theme))
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
        form.addRow(_label("Colour"), self.colour)
        form.addRow(_label(""), self.named)
        form.addRow(_label("Aliases"), self.aliases)


def alias_lines(source: Source) -> Iterable[str]:
    """The aliases as they are typed, one in a line, those of one language behind its code."""
    yield from source.aliases
    for language, names in source.aliases_in:
        yield from (f"{language}: {name}" for name in names)


def read_aliases(typed: str) -> tuple[tuple[str, ...], LocalAliases]:
    """The aliases that are typed one in a line: those of any language, and of one each."""
    lines = list(filter(None, (" ".join(line.split()) for line in typed.splitlines())))
    found = [(_LOCAL.fullmatch(line), line) for line in lines]
    local = united(*(((_code(hit[1]), (hit[2],)),) for hit, _ in found if hit))
    return tuple(dict.fromkeys(line for hit, line in found if not hit)), local


def _code(typed: str) -> str:
    """A language's code as files have it: the language itself in small letters."""
    language, hyphen, rest = typed.partition("-")
    return f"{language.lower()}{hyphen}{rest}"


def _label(text: str) -> QLabel:
    return quieted(PlainLabel(text))


def _row(first: QWidget, second: QWidget) -> QHBoxLayout:
    return in_row(*((one, int(isinstance(one, QLabel))) for one in (first, second)), gap=10)
