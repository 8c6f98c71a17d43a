"""What was open lately, as the settings keep it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from annotator.ui.settings import Settings

MOST = 10


class Recent(NamedTuple):
    """A list of paths, the latest first: the ``setting`` that keeps it, the title of its menu."""

    setting: str
    title: str


FOLDERS = Recent("recent_folders", "&Recent folders")


def remember(settings: Settings, recent: Recent, path: Path) -> None:
    """Put a path at the top of a list."""
    others = (one for one in paths(settings, recent) if one != path)
    _put(settings, recent, [path, *others][:MOST])


def paths(settings: Settings, recent: Recent) -> list[Path]:
    """The paths of a list, the latest first; none where the settings hold something else."""
    try:
        kept = json.loads(settings.text(recent.setting))
    except ValueError:
        return []
    listed = kept if isinstance(kept, list) else []
    return [Path(one) for one in listed if isinstance(one, str)][:MOST]


def clear(settings: Settings, recent: Recent) -> None:
    """Forget a list."""
    _put(settings, recent, [])


def _put(settings: Settings, recent: Recent, listed: list[Path]) -> None:
    settings.put(recent.setting, json.dumps([str(path) for path in listed], ensure_ascii=False))
