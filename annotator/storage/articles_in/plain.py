"""Plain text and Markdown: taken as they stand."""

from __future__ import annotations

import re

from annotator.storage.articles_in.encoding import decode
from annotator.storage.articles_in.found import Found, told

_HEADING = re.compile(r"\s*#\s+(.+?)\s*#*\s*$", re.MULTILINE)


def read_text(data: bytes, name: str, encoding: str | None) -> Found:
    """The whole text; plain text says nothing of itself."""
    return Found(*decode(data, name, encoding))


def read_markdown(data: bytes, name: str, encoding: str | None) -> Found:
    """The whole text, marks included; where it begins with a heading, that is the title."""
    text, used = decode(data, name, encoding)
    heading = _HEADING.match(text)
    return Found(text, used, title=told(heading[1]) if heading else None)
