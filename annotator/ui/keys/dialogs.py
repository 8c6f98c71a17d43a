"""The few dialogs: keys, settings, about, saving a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator import __version__
from annotator.ui.articles import opening
from annotator.ui.exchange import picture
from annotator.ui.keys.key_page import KeyPage
from annotator.ui.settings import SETTINGS, Setting, Settings
from annotator.ui.talk import Offer

if TYPE_CHECKING:
    from annotator.ui.window import Window

OK, CANCEL = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel
NATIVE = QKeySequence.SequenceFormat.NativeText


def show_keys(window: Window) -> None:
    """The live list of keys, by menu, then the sources' own."""
    rows = [row for menu in window.menuBar().actions() for row in _menu_rows(menu)]
    sources = window.registry.sources
    # A key that a command has does not tag with the source: its action has none then.
    bound = {i: action.shortcut().toString() for i, action in window.source_actions.items()}
    rows += [
        ("Sources", f"Attribution to {s.label}", key) for s in sources if (key := bound.get(s.id))
    ]
    rows += [("Text", what, key) for key, what in TEXT_KEYS]
    change = "Change…", lambda: edit_settings(window, keys=True)
    _show_page(window, "Keys", keys_page(rows), change)


def _menu_rows(menu: QAction) -> list[tuple[str, str, str]]:
    """Menu, label and keys of each entry that has keys; `menus` left them as its data."""
    title = menu.text().replace("&", "")
    return [(title, label, keys) for label, keys in _rows(menu.menu())]


def _rows(entries: object) -> Iterator[tuple[str, str]]:
    for action in entries.actions() if isinstance(entries, QMenu) else []:
        yield from _rows(action.menu())
        if keys := action.data():
            shown = (QKeySequence(key).toString(NATIVE) for key in keys)
            yield action.iconText().rstrip("…"), " or ".join(shown)


TEXT_KEYS = (
    (
        "Arrows, Home, End, Page Up, Page Down",
        "Move the caret; with Shift, select; with Ctrl, by word",
    ),
    ("Double click, third, fourth click", "Select the word, the sentence, the paragraph"),
    ("Click, click again", "Select the shortest tag there, the next outer one"),
)
"""What the text itself does with keys and mouse."""


def keys_page(rows: list[tuple[str, str, str]]) -> str:
    """The key list as rich text: a table for each menu."""
    parts: list[str] = []
    section = ""
    for menu, label, key in rows:
        if menu != section:
            above = "<br>" if parts else ""
            parts.append(f"<tr><td colspan=2>{above}<b>{menu}</b></td></tr>")
            section = menu
        what = f"<td style='padding-right: 28px'>{escape(label)}</td>"
        parts.append(f"<tr>{what}<td>{escape(key)}</td></tr>")
    return f"<table cellpadding=3>{''.join(parts)}</table>"


def _show_page(window: Window, title: str, page: str, offer: Offer | None = None) -> None:
    """A page to read, perhaps with a button that closes it and does something."""
    dialog = QDialog(window)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    words = QLabel(page)
    words.setTextFormat(Qt.TextFormat.RichText)
    words.setContentsMargins(20, 16, 20, 16)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    area = QScrollArea()
    area.setWidget(words)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(title)
    buttons = _buttons(dialog, QDialogButtonBox.StandardButton.Close)
    if offer:
        label, act = offer
        button = buttons.addButton(label, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(dialog.accept)
        dialog.accepted.connect(act)
    box = QVBoxLayout(dialog)
    box.setContentsMargins(0, 0, 12, 12)
    box.addWidget(area)
    box.addWidget(buttons)
    # As high as its words, and then scrolled; the bar at the side needs room of its own.
    room = words.sizeHint() + QSize(32, buttons.sizeHint().height() + 24)
    dialog.resize(room.boundedTo(QSize(760, 640)))
    dialog.open()


def show_about(window: Window) -> None:
    """What this program is."""
    _show_page(
        window,
        "About",
        f"<h3 style='margin-top: 0'>Source-attribution annotator {__version__}</h3>"
        "<p>Who says so, and how do we know?</p>"
        "<p>Tag claims, quotes and attributions in news articles; review colleagues' tagging.</p>"
        "<p>MIT licence. Made with Qt for Python (LGPL).</p>",
    )


def save_picture(window: Window) -> None:
    """Write a picture of the whole article with its tags."""
    session = window.desk.session
    assert session is not None
    assert window.folder is not None
    folder, name = window.folder.path, session.path.stem
    place = picture.ask_where(window, window.talk, folder, name, ".png")
    if place:
        painted = picture.paint(session.article, session.tagging, window.registry, window.theme)
        picture.write(painted, place)
        window.talk.hint(f"The picture is in {place.path}.")


def show_lines(window: Window, title: str, lines: list[str]) -> None:
    """Lines to read and to copy."""
    dialog = QDialog(window)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    page = QPlainTextEdit("\n".join(lines))
    page.setReadOnly(True)
    page.setAccessibleName(title)
    box = QVBoxLayout(dialog)
    box.addWidget(page)
    box.addWidget(_buttons(dialog, QDialogButtonBox.StandardButton.Close))
    dialog.resize(820, 480)
    dialog.open()


def _buttons(dialog: QDialog, wanted: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    # With its parent from the start, since it looks only once whether it may have icons.
    buttons = QDialogButtonBox(wanted, dialog)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def edit_settings(window: Window, *, keys: bool = False) -> None:
    """The settings dialog, made from the table of settings; with ``keys``, open at these."""
    dialog = QDialog(window)
    dialog.setWindowTitle("Settings")
    general, form = QWidget(), QFormLayout()
    reads = {one.name: _field(form, one, window.settings) for one in SETTINGS if one.label}
    general.setLayout(form)
    key_page = KeyPage(window.keys(), window.registry, window.theme)
    tabs = QTabWidget()
    tabs.setAccessibleName("Settings")
    tabs.setDocumentMode(True)
    tabs.tabBar().setDrawBase(False)
    tabs.addTab(general, "General")
    tabs.addTab(key_page, "Keys")
    tabs.setCurrentIndex(int(keys))
    box = QVBoxLayout(dialog)
    box.addWidget(tabs)
    box.addWidget(_buttons(dialog, OK | CANCEL))
    if dialog.exec() == QDialog.DialogCode.Accepted:
        if reads["annotator"]() != window.settings.text("annotator"):
            window.annotator = None  # a name given now comes before that of the command line
        for name, read in reads.items():
            window.settings.put(name, read())
        for name, key in key_page.choices().items():
            window.settings.put_key(name, key)
        window.wear_settings()
        window.attempt(lambda: opening.take_name(window))


Read = Callable[[], str | float | bool]


def _field(form: QFormLayout, setting: Setting, settings: Settings) -> Read:
    """A row of the form for one setting; returns how to read what was entered."""
    widget, read = _widget(setting, settings)
    widget.setAccessibleName(setting.label)
    if isinstance(widget, QCheckBox):
        widget.setText(setting.label)
        form.addRow(widget)
    else:
        form.addRow(setting.label, widget)
    return read


def _widget(setting: Setting, settings: Settings) -> tuple[QWidget, Read]:
    if isinstance(setting.default, bool):
        box = QCheckBox()
        box.setChecked(settings.flag(setting.name))
        return box, box.isChecked
    if setting.choices:
        combo = QComboBox()
        combo.addItems(setting.choices)
        combo.setCurrentText(settings.text(setting.name))
        return combo, combo.currentText
    if isinstance(setting.default, str):
        line = QLineEdit(settings.text(setting.name))
        return line, line.text
    spin = QDoubleSpinBox()
    spin.setDecimals(0)
    spin.setRange(setting.least, setting.most)
    spin.setValue(settings.number(setting.name))
    return spin, spin.value
