"""What is found in a file that an article is taken from."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class FoundArticle:
    """The text of an article with its metadata, as far as the file tells them.

    ``encoding`` is None where the kind of file leaves no choice, else the name by which it is
    shown. ``date`` is a day as in ``2025-04-28``.
    """

    text: str
    encoding: str | None = None
    title: str | None = None
    date: str | None = None
    byline: str | None = None
    language: str | None = None
    address: str | None = None


Reader = Callable[[bytes, str, str | None], FoundArticle]
"""Reads the bytes of the file of that name, in an encoding that was chosen or in its own.

Raises `ArticleError` for whatever no article can be taken from.
"""


def told(value: object) -> str | None:
    """A piece of metadata on one line, or None where it says nothing."""
    line = " ".join(str(value or "").replace("\0", "").split())
    return line or None


_HEADLINE = re.compile(r"\s*(\S[^\n]{0,150})\n\s*\S")
_SENTENCE_END = (".", ",", ";", ":", "…", "。", "۔")


def headline(text: str) -> str | None:
    """The first line of a text, if it is short, no sentence, and more comes below it."""
    first = _HEADLINE.match(text)
    line = told(first[1]) if first else None
    return None if line is None or line.endswith(_SENTENCE_END) else line
