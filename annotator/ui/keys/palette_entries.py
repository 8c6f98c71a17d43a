"""The entries of the command palette: every command, source and article, by a few letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from annotator.core.display_text import shown_name
from annotator.core.sources import Source, fold
from annotator.ui.command import Command
from annotator.ui.desk import Desk
from annotator.ui.keys.keys import Keys, shown, source_key
from annotator.ui.talk import Talk

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
            yield PaletteEntry(f"article {path}", shown_name(path.stem), "Article", "", act)

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
