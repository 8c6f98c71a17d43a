"""What the program is, and the keys as they are now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from PySide6.QtWidgets import QWidget

from annotator import __version__
from annotator.core.sources import Registry
from annotator.ui.command import Command
from annotator.ui.keys.keys import Keys, label_of, shown, source_key
from annotator.ui.widgets.reading_dialogs import show_page

Row = tuple[str, str, str]
"""The menu, what it does, and the keys."""

TEXT_KEYS = (
    (
        "Arrows, Home, End, Page Up, Page Down",
        "Move the caret; with Shift, select; with Ctrl, by word",
    ),
    ("Double click, third, fourth click", "Select the word, the sentence, the paragraph"),
    ("Click, click again", "Select the shortest tag there, the next outer one"),
)
"""What the text itself does with keys and mouse."""


def _table(rows: Iterable[Row]) -> str:
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


def show_keys(
    parent: QWidget, keys: Mapping[Command, Keys], registry: Registry, change: Callable[[], object]
) -> None:
    """List the keys by menu, then those of sources; ``change`` leads to where they are chosen."""
    page = _table(_rows(keys, registry))
    show_page(parent, "Keys", page, ("Change…", change))


def _rows(keys: Mapping[Command, Keys], registry: Registry) -> Iterator[Row]:
    for command, own in keys.items():
        if own:
            yield command.menu.replace("&", ""), label_of(command), shown(own)
    for source in registry.sources:
        if key := source_key(source, registry, keys):
            yield "Sources", f"Attribution to {source.label}", key
    for key, what in TEXT_KEYS:
        yield "Text", what, key


def show_about(parent: QWidget) -> None:
    """Say what this program is."""
    show_page(
        parent,
        "About",
        f"<h3 style='margin-top: 0'>Source-attribution annotator {__version__}</h3>"
        "<p>Who says so, and how do we know?</p>"
        "<p>Tag claims, quotes and attributions in news articles; review colleagues' tagging.</p>"
        "<p>MIT licence. Made with Qt for Python (LGPL).</p>",
    )
