"""The command palette's entries: every command, source and article, found by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from annotator.core.sources import Source, fold
from annotator.ui.appearance import Appearance
from annotator.ui.command import GO, Command
from annotator.ui.desk import Desk
from annotator.ui.keys.keys import Keys, shown, source_key
from annotator.ui.talk import Talk

if TYPE_CHECKING:
    from annotator.ui.keys.palette import Palette

RECENT = 20
"""Entries that are remembered as used, to come first among their equals."""


class PaletteEntry(NamedTuple):
    """One row: ``name`` tells it from all others, ``place`` says where else it is found.

    ``also`` are further words that it is found by.
    """

    name: str
    words: str
    place: str
    keys: str
    run: Callable[[], object]
    enabled: bool = True
    also: str = ""


class PaletteEntries:
    """Everything there is to do: the commands, then the sources, then the articles."""

    def __init__(
        self,
        desk: Desk,
        talk: Talk,
        keys: Callable[[], Mapping[Command, Keys]],
        tag_with: Callable[[Source], object],
        open_article: Callable[[Path], object],
    ) -> None:
        self._desk, self._talk, self._keys = desk, talk, keys
        self._tag_with, self._open_article = tag_with, open_article

    def __iter__(self) -> Iterator[PaletteEntry]:
        keys = self._keys()
        for command, own in keys.items():
            yield self._of_command(command, own)
        for source in self._desk.registry.sources:
            yield self._of_source(source, keys)
        for path in self._desk.folder.articles() if self._desk.folder else ():
            act = partial(self._open_article, path)
            yield PaletteEntry(f"article {path}", path.stem, "Article", "", act)

    def _of_command(self, command: Command, keys: Keys) -> PaletteEntry:
        label = command.title() if command.title else command.label
        return PaletteEntry(
            command.name,
            label.replace("&", "").rstrip("…"),
            command.menu.replace("&", ""),
            shown(keys),
            partial(self._talk.attempt, command.run),
            command.enabled(),
            command.sub.replace("&", ""),
        )

    def _of_source(self, source: Source, keys: Mapping[Command, Keys]) -> PaletteEntry:
        return PaletteEntry(
            f"source {source.id}",
            f"Attribution to {source.label}",
            "Source",
            source_key(source, self._desk.registry, keys),
            partial(self._talk.attempt, partial(self._tag_with, source)),
            self._desk.editable,
            " ".join(source.names),
        )


class CommandPalette:
    """Asks what is to be done, over the text."""

    def __init__(
        self, entries: Iterable[PaletteEntry], talk: Talk, text: QWidget, appearance: Appearance
    ) -> None:
        """``entries`` are gone through anew each time."""
        self._entries, self._talk = entries, talk
        self._text, self._appearance = text, appearance

    def commands(self) -> Iterable[Command]:
        """Opening the palette."""
        keys = ("Ctrl+Shift+P",)
        yield Command("go.palette", "Co&mmand palette…", keys, GO, self.open, group=3)

    @cached_property
    def panel(self) -> Palette:
        """The popup, made when it is first wanted."""
        from annotator.ui.keys.palette import Palette

        panel = Palette(self._talk.parent)
        self._appearance.add(panel)
        return panel

    def open(self) -> None:
        """Open it with everything that can be done now."""
        self.panel.open_over(self._text, list(self._entries))


def fitting(known: Sequence[PaletteEntry], typed: str, recent: Sequence[str]) -> list[PaletteEntry]:
    """The entries that hold all words typed, those that begin with them first.

    Among equals the recent ones come first, then the order of the table.
    """
    wanted = fold(typed).split()
    ranks = {name: nth for nth, name in enumerate(recent)}
    found = []
    for nth, entry in enumerate(known):
        rank = _rank(fold(entry.words), fold(f"{entry.words} {entry.place} {entry.also}"), wanted)
        if rank is not None:
            found.append((rank, ranks.get(entry.name, RECENT), nth, entry))
    return [entry for *_, entry in sorted(found, key=lambda one: one[:3])]


def _rank(words: str, all_words: str, wanted: Sequence[str]) -> int | None:
    if not all(word in all_words for word in wanted):
        return None
    beginnings = f" {all_words}"
    if not wanted or words.startswith(" ".join(wanted)):
        return 0
    return 1 if all(f" {word}" in beginnings for word in wanted) else 2
