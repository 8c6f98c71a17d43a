"""Rows and columns of widgets, in which nearly everything is laid out; and their buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QPushButton, QVBoxLayout, QWidget

Box = TypeVar("Box", bound=QBoxLayout)

Part = QWidget | QLayout | tuple[QWidget | QLayout, int] | int
"""A widget or a layout, alone or with its share of the room to spare; a number is such room."""

Around = tuple[int, int, int, int]
"""Pixels at the left of the parts, above, at the right and below."""

TIGHT = (0, 0, 0, 0)


def in_row(
    *parts: Part, inside: QWidget | None = None, around: Around | None = None, gap: int = -1
) -> QHBoxLayout:
    """Parts side by side, with a ``gap`` in pixels; they fill the widget that they are inside."""
    box = QHBoxLayout() if inside is None else QHBoxLayout(inside)
    return _filled(box, parts, around, gap)


def in_column(
    *parts: Part, inside: QWidget | None = None, around: Around | None = None, gap: int = -1
) -> QVBoxLayout:
    """As `in_row`, but one below the other."""
    box = QVBoxLayout() if inside is None else QVBoxLayout(inside)
    return _filled(box, parts, around, gap)


def _filled(box: Box, parts: tuple[Part, ...], around: Around | None, gap: int) -> Box:
    if around is not None:
        box.setContentsMargins(*around)
    if gap >= 0:
        box.setSpacing(gap)
    for part in parts:
        if isinstance(part, int):
            box.addStretch(part)
        else:
            one, share = part if isinstance(part, tuple) else (part, 0)
            box.addLayout(one, share) if isinstance(one, QLayout) else box.addWidget(one, share)
    return box


def push_button(label: str, act: Callable[[], object] | None = None) -> QPushButton:
    """A button that Enter presses only where the keyboard is on it."""
    made = QPushButton(label)
    made.setAutoDefault(False)
    if act:
        made.clicked.connect(lambda _=False: act())
    return made
