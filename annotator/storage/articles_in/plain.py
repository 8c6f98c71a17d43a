"""Plain text and Markdown: taken as they stand."""

from __future__ import annotations

import re

from annotator.storage.articles_in.encoding import decode
from annotator.storage.articles_in.found import FoundArticle, told


def read_text(data: bytes, name: str, encoding: str | None) -> FoundArticle:
    """The whole text; plain text says nothing of itself."""
    return FoundArticle(*decode(data, name, encoding))


def read_markdown(data: bytes, name: str, encoding: str | None) -> FoundArticle:
    """The whole text, marks included; where it begins with a heading, that is the title."""
    text, used = decode(data, name, encoding)
    return FoundArticle(text, used, title=_heading(text))


def _heading(text: str) -> str | None:
    """The first line, if it is a heading of the first level, without its marks."""
    line = text.lstrip().partition("\n")[0].rstrip()
    return told(line[1:].rstrip("#")) if re.match(r"#\s", line) else None
