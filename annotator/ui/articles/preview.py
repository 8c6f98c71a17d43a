"""The preview of an article on its way in: its text as it will be, what is known of it, where."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.core.display_text import shown_name
from annotator.core.errors import AnnotatorError
from annotator.storage.articles_in.add import Added, add_article
from annotator.storage.articles_in.child_process import give_up
from annotator.storage.articles_in.encoding import ENCODINGS
from annotator.storage.articles_in.incoming import (
    Incoming,
    date_error,
    language_error,
    read_incoming,
)
from annotator.storage.articles_in.new_files import known_articles
from annotator.ui.theme import Theme, reading_font
from annotator.ui.widgets.background import Background, Progress
from annotator.ui.widgets.plain import PlainLabel

FIELDS = (
    ("title", "Title", ""),
    ("date", "Date", "as 2025-04-28"),
    ("byline", "Byline", ""),
    ("language", "Language", "as it"),
    ("address", "Address", "where it was published"),
)
"""What can be edited: key of the header, label, and what an empty field shows."""

AS_IT_WILL_BE = "The text as it will be tagged. Once it is added, it stays exactly so."


class ArticlePreview(QDialog):
    """One article before it is frozen. ``source`` is its file, None where it was pasted.

    ``more`` is how many others wait behind it; ``added`` is where it lies once it is accepted.
    """

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        incoming: Incoming,
        source: Path | None,
        folder: Path,
        more: int = 0,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Add an article ({more} more to come)" if more else "Add an article")
        self.incoming, self._source, self._theme = incoming, source, theme
        self.added: Added | None = None
        self._doing = ""
        self._reading, self._adding = Background(self), Background(self)
        # Not a QPlainTextEdit, which leaves Arabic and Hebrew at the left edge.
        self.text = QTextEdit()
        self.text.setObjectName("preview")
        self.lines = {key: _line(label, hint) for key, label, hint in FIELDS}
        self.encoding = _encodings(incoming)
        self.folder = _line("Folder of articles", "")
        self.folder.setText(str(folder))
        self.name = _line("Name of the article", "")
        self.name.setText(incoming.name)
        self.language_name, self.remark = PlainLabel(), PlainLabel()
        self.add = self._lay_out()
        self._show()
        self.lines["title"].setFocus()
        for line in (*self.lines.values(), self.folder, self.name):
            line.textChanged.connect(self._check)
        self.encoding.textActivated.connect(self._read_again)
        self._reading.came.connect(self._take_read)
        self._reading.failed.connect(self._go_on)
        self._adding.came.connect(self._take_added)
        self._adding.failed.connect(self._go_on)
        self._check()

    @property
    def result_article(self) -> Incoming:
        """The article with what was entered of it."""
        entered: dict[str, Any] = {
            key: " ".join(line.text().split()) or None for key, line in self.lines.items()
        }
        return replace(self.incoming, header=replace(self.incoming.header, **entered))

    def _show(self) -> None:
        """Show what was read; what nobody has edited is taken over from there."""
        self.text.setPlainText(self.incoming.article.text)
        for key, line in self.lines.items():
            if not line.isModified():
                line.setText(getattr(self.incoming.header, key) or "")
                line.setCursorPosition(0)
        if self.incoming.encoding:
            self.encoding.setCurrentText(self.incoming.encoding)

    # Reading in another encoding

    def _read_again(self, encoding: str) -> None:
        """Take the text in another encoding; where it is not in that one, all stays as it was."""
        assert self._source is not None
        self._wait_for(f"Reading it as {encoding} …")
        self._reading.start(partial(_read, self._source, encoding))

    def _take_read(self, outcome: object) -> None:
        if isinstance(outcome, Incoming):
            self.incoming = outcome
            self._show()
        self._go_on(outcome)
        self.encoding.setCurrentText(self.incoming.encoding or "")

    # Adding

    def _add(self) -> None:
        """Freeze the article; what is entered stays until that is done."""
        folder = Path(self.folder.text().strip()).expanduser().absolute()
        self._wait_for("Adding it …")
        self.entries.setEnabled(False)
        self._adding.start(partial(_add, self.result_article, folder, self.name.text().strip()))

    def _take_added(self, outcome: object) -> None:
        self._go_on(outcome)
        if isinstance(outcome, Added):
            self.added = outcome
            self.accept()
        else:
            self.folder.setFocus()

    def reject(self) -> None:
        """Add nothing; too late once it has begun."""
        if self.entries.isEnabled():
            self._reading.stop()
            give_up()
            super().reject()

    def _wait_for(self, doing: str) -> None:
        """Say what is done beside the window; until it is, nothing can be added."""
        self._doing = doing
        self._check()

    def _go_on(self, outcome: object = None) -> None:
        self.entries.setEnabled(True)
        self._wait_for("")
        if isinstance(outcome, AnnotatorError):
            self._tell(str(outcome))

    def _check(self) -> None:
        date, language = (self.lines[key].text().strip() for key in ("date", "language"))
        places = "" if self.folder.text().strip() and self.name.text().strip() else _NO_PLACE
        problem = date_error(date) or language_error(language) or places
        self.language_name.setText(_language_name(language))
        self.add.setEnabled(not (problem or self._doing))
        self._tell(problem or "")

    def _tell(self, problem: str) -> None:
        length = f"{len(self.incoming.article.text):,} characters"
        self.remark.setText(problem or self._doing or f"{self._from()}, {length}")
        colour = self._theme.problem if problem else self._theme.quiet
        self.remark.setStyleSheet(f"color: {colour.name()}")

    def _from(self) -> str:
        kind = self.incoming.kind
        if kind is None or self._source is None:
            return "From the clipboard"
        return f"{kind.title}: {shown_name(self._source.name)}"

    def _ask_folder(self) -> None:
        title = "The folder of articles to add to"
        if name := QFileDialog.getExistingDirectory(self, title, self.folder.text()):
            self.folder.setText(name)

    def _lay_out(self) -> QPushButton:
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Text of the article")
        self.text.setFont(reading_font(self.font().pointSizeF() + 1))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        add = buttons.addButton("Add", QDialogButtonBox.ButtonRole.AcceptRole)
        add.setDefault(True)
        buttons.accepted.connect(self._add)
        buttons.rejected.connect(self.reject)
        above = PlainLabel(AS_IT_WILL_BE)
        above.setWordWrap(True)
        page = QVBoxLayout()
        self.entries = QWidget()
        known = QVBoxLayout(self.entries)
        known.setContentsMargins(0, 0, 0, 0)
        page.addWidget(above)
        page.addWidget(self.text, 1)
        known.addLayout(self._form())
        known.addStretch()
        for part in (self.remark, buttons):
            known.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(20)
        row.addLayout(page, 3)
        row.addWidget(self.entries, 2)
        self.resize(1000, 600)
        self.remark.setWordWrap(True)
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        return add

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for key, label, _ in FIELDS:
            beside = self.language_name if key == "language" else None
            form.addRow(label, _beside(self.lines[key], beside) if beside else self.lines[key])
        form.addRow("Encoding", self.encoding)
        other = QPushButton("Other…")
        other.setAccessibleName("Another folder")
        other.setAutoDefault(False)
        other.clicked.connect(self._ask_folder)
        form.addRow("Folder", _beside(self.folder, other))
        form.addRow("Name", self.name)
        return form


def _read(source: Path, encoding: str, _: Progress) -> Incoming:
    return read_incoming(source, encoding)


def _add(article: Incoming, folder: Path, name: str, _: Progress) -> Added:
    return add_article(article, folder, known_articles(folder), name)


_NO_PLACE = "Say in which folder the article is to be kept, and under what name."


def _language_name(code: str) -> str:
    """What people call the language, or nothing where Qt does not know it."""
    language = QLocale.codeToLanguage(code.partition("-")[0].lower())
    known = language not in (QLocale.Language.AnyLanguage, QLocale.Language.C)
    return QLocale.languageToString(language) if known else ""


def _line(name: str, hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(hint)
    return line


def _beside(line: QWidget, other: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(line, 1)
    row.addWidget(other)
    return row


def _encodings(incoming: Incoming) -> QComboBox:
    """The encodings, the one that was found chosen; a line that says so where none is to choose."""
    box = QComboBox()
    box.setAccessibleName("Encoding")
    kind, used = incoming.kind, incoming.encoding
    if kind is None or not kind.encoded or used is None:
        box.addItem("Unicode, as it came")
        box.setEnabled(False)
    else:
        box.addItems([used, *(one for one in ENCODINGS if one != used)])
    return box
