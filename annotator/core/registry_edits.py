"""The verbs for the source registry: each returns the `Change` that would do it.

What concerns the tagging of one article is part of the same step; the other files of its
folder are `storage.renaming`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotator.core.change import Change, Delta, added, removed, replaced
from annotator.core.display_text import count
from annotator.core.edits import refuse_unless
from annotator.core.errors import EditRefused
from annotator.core.model import Annotation
from annotator.core.sources import Registry, Source, united

_ID = re.compile(r"[a-z][a-z0-9-]*")
_COUNTRY = re.compile("[A-Z]{2}")
_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def add_source(registry: Registry, source: Source) -> Change:
    """Let another source enter the registry."""
    _refuse_unless_valid(registry, source)
    refuse_unless(source.id not in registry.by_id, f"There is a source {source.id} already.")
    return Change("Add source", sources=added(source))


def add_sources(registry: Registry, sources: Iterable[Source]) -> Change:
    """Let several sources enter the registry in one step."""
    entering = tuple(sources)
    for source in entering:
        _refuse_unless_valid(registry, source)
        refuse_unless(source.id not in registry.by_id, f"There is a source {source.id} already.")
    return Change("Add sources", sources=added(*entering))


def edit_source(registry: Registry, old: Source, new: Source) -> Change:
    """Say something else of a source, its id aside (see `rename_source`).

    A key that another source has is refused; one that clashed before may stay.
    """
    refuse_unless(old.id == new.id, "Another id is given by renaming the source.")
    _refuse_unless_valid(registry, new, former=old)
    return Change("Edit source", sources=replaced(old, new))


def delete_source(source: Source, used: Mapping[str, int]) -> Change:
    """Take a source out of the registry.

    ``used`` says how often it is named, by file; as long as it is, that is refused.
    """
    if used:
        raise EditRefused(f"{source.label} is named in {_places(used)}; merge it into another one.")
    return Change("Delete source", sources=removed(source))


def _places(used: Mapping[str, int]) -> str:
    (first, times), more = next(iter(used.items())), len(used) - 1
    files = f" and {count(more, 'more file')}" if more else ""
    return f"{first} ({times} ×){files}"


def rename_source(
    annotations: Iterable[Annotation], registry: Registry, old: Source, new_id: str
) -> Change:
    """Give a source another id, wherever ``annotations`` name it; it keeps its place."""
    sound = _ID.fullmatch(new_id) is not None
    refuse_unless(sound, "An id begins with a letter a-z and goes on with a-z, 0-9 and hyphens.")
    free = new_id not in registry.by_id
    refuse_unless(free, f"There is a source {new_id} already; merge the two.")
    change = point_elsewhere("Rename source", annotations, old.id, new_id)
    return replace(change, sources=replaced(old, replace(old, id=new_id)))


def merge_sources(annotations: Iterable[Annotation], gone: Source, kept: Source) -> Change:
    """Make two sources one: ``kept`` gets the names of ``gone`` as aliases, and its tags."""
    refuse_unless(gone.id != kept.id, "A source cannot be merged with itself; choose another one.")
    known = {kept.name, kept.short, None}
    names = (name for name in (gone.short, gone.name, *gone.aliases) if name not in known)
    change = point_elsewhere("Merge sources", annotations, gone.id, kept.id)
    after = replace(
        kept,
        aliases=tuple(filter(None, dict.fromkeys((*kept.aliases, *names)))),
        aliases_in=united(kept.aliases_in, gone.aliases_in),
        key=kept.key or gone.key,
        colour=kept.colour or gone.colour,
    )
    return replace(change, sources=Delta((kept, gone), (after,)))


def replace_source(
    annotations: Iterable[Annotation], registry: Registry, old: Source, new_id: str
) -> Change:
    """Let ``old`` be ``new_id``: merged into the source of that id, or renamed if there is none."""
    kept = registry.by_id.get(new_id)
    if kept is None:
        return rename_source(annotations, registry, old, new_id)
    return merge_sources(annotations, old, kept)


def point_elsewhere(label: str, annotations: Iterable[Annotation], old: str, new: str) -> Change:
    """Let every annotation that names the source ``old`` name ``new``."""
    before = tuple(annotation for annotation in annotations if annotation.source == old)
    after = tuple(replace(annotation, source=new) for annotation in before)
    return Change(label, Delta(before, after))


def key_holder(registry: Registry, key: str | None, source_id: str) -> Source | None:
    """The other source that has this key, if there is one; capitals count as small letters."""
    others = (one for one in registry.sources if key and one.key and one.id != source_id)
    return next((one for one in others if one.key and one.key.lower() == str(key).lower()), None)


def _refuse_unless_valid(registry: Registry, source: Source, former: Source | None = None) -> None:
    refuse_unless(bool(source.name.strip()), "A source needs a name.")
    local = [name for _, names in source.aliases_in for name in names]
    refuse_unless(all((*source.aliases, *local)), "An alias needs at least one letter.")
    codes = all(_LANGUAGE.fullmatch(language) for language, _ in source.aliases_in)
    refuse_unless(codes, "The language of an alias is its code, as ko or pt-BR.")
    key, country = source.key, source.country
    refuse_unless(key is None or (len(key) == 1 and key.isalpha()), "The key is a single letter.")
    sound = country is None or _COUNTRY.fullmatch(country) is not None
    refuse_unless(sound, "The country is its code of two capital letters, as KP or RU.")
    holder = None if former and former.key == key else key_holder(registry, key, source.id)
    taken = f"{(key or '').upper()} tags with {holder.label} already." if holder else ""
    refuse_unless(holder is None, taken)
