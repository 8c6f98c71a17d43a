"""New articles in a folder: under a name that is free and safe, and no text twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from contextlib import suppress
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.text.article import read_article
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.places import read_bytes
from annotator.storage.folder import is_article_name

_LONGEST_STEM = 80


@refusals_told("read")
def known_articles(folder: Path) -> dict[str, Path]:
    """The articles of a folder by their SHA-256; what cannot be read is nobody's article."""
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if is_article_name(path.name) and path.is_file():
            with suppress(AnnotatorError):
                found.setdefault(read_article(read_bytes(path), str(path)).sha256, path)
    return found


def stem_of(name: str) -> str:
    """A name as that of a file on any system, without suffix: nothing leads out of the folder."""
    plain = "".join("-" if _is_trouble(char) else char for char in name)
    return re.sub("-+", "-", plain)[:_LONGEST_STEM].strip("-. ") or "article"


def _is_trouble(char: str) -> bool:
    return unicodedata.category(char)[0] in "CZ" or char in '/\\:*?"<>|'


def free_stem(name: str, taken: Container[str]) -> str:
    """`stem_of` the name, with a number where that is among those ``taken``, all casefolded."""
    wanted = stem = stem_of(name)
    number = 1
    while stem.casefold() in taken:
        number += 1
        stem = f"{wanted}-{number}"
    return stem
