"""Dialogs with something to read: a page of rich text, or lines to copy."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from annotator.ui.widgets.boxes import in_column
from annotator.ui.widgets.message_bar import Offer


def show_page(parent: QWidget, title: str, page: str, offer: Offer | None = None) -> None:
    """Show a page of rich text to read, perhaps with a button that closes it and does something."""
    dialog = _dialog(parent, title)
    words = QLabel(page)
    words.setTextFormat(Qt.TextFormat.RichText)
    words.setContentsMargins(20, 16, 20, 16)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    area = QScrollArea()
    area.setWidget(words)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(title)
    buttons = button_box(dialog, QDialogButtonBox.StandardButton.Close)
    if offer:
        label, act = offer
        button = buttons.addButton(label, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(dialog.accept)
        dialog.accepted.connect(act)
    in_column(area, buttons, inside=dialog, around=(0, 0, 12, 12))
    # As high as its words, and then scrolled; the bar at the side needs room of its own.
    room = words.sizeHint() + QSize(32, buttons.sizeHint().height() + 24)
    dialog.resize(room.boundedTo(QSize(760, 640)))
    dialog.open()


def show_lines(parent: QWidget, title: str, lines: list[str]) -> None:
    """Show lines to read and to copy."""
    dialog = _dialog(parent, title)
    page = QPlainTextEdit("\n".join(lines))
    page.setReadOnly(True)
    page.setAccessibleName(title)
    in_column(page, button_box(dialog, QDialogButtonBox.StandardButton.Close), inside=dialog)
    dialog.resize(820, 480)
    dialog.open()


def _dialog(parent: QWidget, title: str) -> QDialog:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def button_box(dialog: QDialog, wanted: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """Buttons that accept and reject a dialog."""
    # With its parent from the start, since it looks only once whether it may have icons.
    buttons = QDialogButtonBox(wanted, dialog)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
