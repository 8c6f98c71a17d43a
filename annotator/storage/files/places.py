"""Where the files of a folder of articles may lie: nowhere outside of it.

Whoever sends a folder could let a link, or the name of an article, lead to a file of the
reader's own. A link that stays in the folder is followed.
"""

from __future__ import annotations

import os
from pathlib import Path

from annotator.core.display_text import escaped
from annotator.core.errors import StorageError
from annotator.storage.disk import contents
from annotator.storage.disk.contents import real

ANNOTATIONS = "annotations"
SOURCES = "sources.yaml"

_LONGEST, _LONGEST_PART = 4000, 255
"""Bytes that a path and each of its parts may have anywhere."""


def folder_of(path: Path) -> Path:
    """The folder of articles that a file belongs to: above ``annotations``, else its own."""
    name = path.parent.name or path.absolute().parent.name
    if name != ANNOTATIONS:
        return path.parent
    return path.parent.parent if path.parent.name else path.parent / ".."


def refuse_outside(path: Path) -> None:
    """Raise `StorageError` where a link leads a file, or ``annotations``, out of its folder."""
    if _leads_out(path, folder_of(path)):
        raise StorageError(
            f"{path} is reached by a link that leads out of the folder, or in a circle; "
            f"put it into the folder itself."
        )


def _leads_out(path: Path, folder: Path) -> bool:
    if not _is_link(path) and (path.parent == folder or not _is_link(path.parent)):
        return False  # what nearly every file is, at a tenth of the cost
    there = real(path)
    return _is_link(there) or not there.is_relative_to(real(folder))


def _is_link(path: Path) -> bool:
    return os.path.islink(path)  # noqa: PTH114  for pathlib a name that is too long is an error


def read_bytes(path: Path) -> bytes:
    """As `contents.read_bytes`, for a file of a folder of articles: never one outside of it."""
    refuse_outside(path)
    return contents.read_bytes(path)


def read_if_there(path: Path) -> bytes | None:
    """As `contents.read_if_there`, for a file of a folder of articles: never one outside of it."""
    refuse_outside(path)
    return contents.read_if_there(path)


def spelled(path: Path) -> str:
    """The path without detours through "..", in characters that can be written out."""
    return os.fsencode(os.path.normpath(path)).decode("utf-8", "replace")


def read_spelled(path: Path) -> bytes:
    """As `read_bytes`, with sentences that can be written out whatever the name is."""
    try:
        return read_bytes(path)
    except StorageError as error:
        raise StorageError(str(error).replace(escaped(str(path)), spelled(path), 1)) from error


def article_path(annotation_file: Path, stated: str) -> Path:
    """Where an annotation file says that its article lies, without detours.

    ``stated`` is its ``article.file``. Raises `StorageError` where that leads out of the folder,
    or is no name that a file can have.
    """
    folder = Path(os.path.normpath(folder_of(annotation_file)))
    path = Path(os.path.normpath(annotation_file.parent / stated))
    if not _is_name(stated) or not _is_below(path, folder):
        raise StorageError(
            f"{annotation_file}: article.file names no file of the folder; name an article in it."
        )
    refuse_outside(path)
    return path


def _is_below(path: Path, folder: Path) -> bool:
    if path in (folder, folder / ANNOTATIONS):
        return False
    return path.parent == folder or real(path).is_relative_to(real(folder))


def _is_name(stated: str) -> bool:
    try:
        name = os.fsencode(stated)
    except UnicodeEncodeError:
        return False
    too_long = len(name) > _LONGEST or any(len(part) > _LONGEST_PART for part in name.split(b"/"))
    return b"\0" not in name and not too_long


def followed(path: Path) -> Path:
    """A path that the user named: where it leads, if that is in another folder of articles.

    Raises `StorageError` where that is another kind of file than its name says.
    """
    there = real(path)
    below = there.parent.name == ANNOTATIONS and path.absolute().parent.name != ANNOTATIONS
    if not below and not _leads_out(path, folder_of(path)):
        return path
    if not there.is_dir() and there.suffix.lower() != path.suffix.lower():
        refuse_outside(path)
    return there
