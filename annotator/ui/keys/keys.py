"""The keys that commands have now: as they come, or as the user chose them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from annotator.core.sources import Registry, Source
from annotator.ui.command import Command, Where
from annotator.ui.settings import Settings

Keys = tuple[str, ...]

_NATIVE = QKeySequence.SequenceFormat.NativeText
_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_LINES = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
_LINES |= {Qt.Key.Key_Home, Qt.Key.Key_End}
_PAGES = {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


def current_keys(settings: Settings, commands: Sequence[Command]) -> dict[Command, Keys]:
    """Every command with the keys that it has now.

    A key that the user has chosen is taken from the command that comes with it: one key with
    two commands would do nothing. Where the two are never wanted at once, both keep it.
    """
    chosen = {one: key for one in commands if (key := settings.key(one.name)) is not None}
    return {one: _keys_of(one, chosen) for one in commands}


def _keys_of(command: Command, chosen: Mapping[Command, str]) -> Keys:
    if command in chosen:
        return tuple(filter(None, (chosen[command],)))
    taken = {plain(key) for other, key in chosen.items() if _meet(command, other)}
    return tuple(key for key in command.keys if plain(key) not in taken)


@cache
def plain(key: str) -> str:
    """One spelling for each key, so that they can be compared."""
    return QKeySequence(key).toString()


def shown(keys: Iterable[str]) -> str:
    """Keys as people of this system read them."""
    return " or ".join(QKeySequence(key).toString(_NATIVE) for key in keys)


def label_of(command: Command) -> str:
    """A command's name without the marks that menus need."""
    return command.label.replace("&", "").rstrip("…")


def is_bare(key: str) -> bool:
    """Whether a field would take the key for typing or moving: it may act in the text only."""
    held, pressed = _parts(key)
    free = Qt.Key.Key_F1 <= pressed <= Qt.Key.Key_F35
    return pressed != Qt.Key.Key_unknown and not free and held in (_PLAIN, _SHIFT)


def holder(
    key: str, command: Command, keys: Mapping[Command, Keys], registry: Registry
) -> str | None:
    """What else acts on ``key`` among all commands' ``keys``; None where it is free."""
    wanted = plain(key)
    for other, others in keys.items():
        if _meet(command, other) and wanted in map(plain, others):
            return label_of(other)
    source = registry.by_key.get(wanted.removeprefix("Shift+").lower())
    if source:
        behind = " behind another" if wanted.startswith("Shift+") else ""
        return f"Attribution to {source.label}{behind}"
    return "the caret in the text" if _moves_caret(wanted) else None


def _meet(one: Command, other: Command) -> bool:
    """Whether two commands may be wanted at the same time; a review has its keys to itself."""
    return one.name != other.name and {one.where, other.where} != {Where.REVIEW, Where.PAGE}


def _moves_caret(key: str) -> bool:
    held, pressed = _parts(key)
    if pressed in _LINES:
        return held in (_PLAIN, _SHIFT, _CTRL, _SHIFT | _CTRL)
    return pressed in _PAGES and held in (_PLAIN, _SHIFT)


def _parts(key: str) -> tuple[Qt.KeyboardModifier, Qt.Key]:
    """What is held down, and what is pressed with it."""
    sequence = QKeySequence(key)
    if sequence.isEmpty():
        return _PLAIN, Qt.Key.Key_unknown
    combination = sequence[0]  # type: ignore[index]  # the stubs do not know of it
    return combination.keyboardModifiers(), combination.key()


def command_with(key: str | None, keys: Mapping[Command, Keys]) -> Command | None:
    """The command that a key is given to, so that no source can have it."""
    wanted = plain(key or "")
    having = (one for one, own in keys.items() if wanted and wanted in map(plain, own))
    return next(having, None)


def source_key(source: Source, registry: Registry, keys: Mapping[Command, Keys]) -> str:
    """The key that tags with a source; empty where it has none, or a command has it."""
    key = source.key or ""
    own = key and registry.by_key.get(key.lower()) is source
    return key.upper() if own and command_with(key, keys) is None else ""
