"""Web pages that were saved: the main text and what the page says of it, by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any

from annotator.core.errors import ArticleError
from annotator.storage.articles_in.encoding import decode, known_encoding
from annotator.storage.articles_in.found import FoundArticle, told
from annotator.storage.articles_in.limits import SECONDS, allow
from annotator.storage.shipped.extras import install_line

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page says its encoding."""

MOST_TAGS = 400_000
"""In a page without its scripts; a chapter of a book has some thousands."""

_LARGE = 500_000
"""Characters; a newspaper's page has a tenth as many, without its scripts."""

_LETTERS_A_SECOND = 100_000
"""As many as are read of a large page, by a slow machine."""

# What is opened and never closed goes to the end, as in a browser.
_NO_TEXT = (
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    re.compile(r"(?i)<script(?![^<>]*ld\+json)[^<>]*>.*?(?:</script\s*>|\Z)", re.DOTALL),
    re.compile(r"(?i)<(style|svg)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.DOTALL),
    re.compile(r"(?i)\bdata:[a-z/+;-]{1,60};base64,[a-z0-9+/=%\s]*"),
)
_TAG = re.compile(r"<[^<>]*>")

_BETWEEN_ITEMS = re.compile(r"^(- .*)\n\n(?=- )", re.MULTILINE)
_LANGUAGE = re.compile(r"<html[^>]+\blang\s*=\s*[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\b")


def read_web(data: bytes, name: str, encoding: str | None) -> FoundArticle:
    """The main text of a page, without menus, adverts and the like; nothing is fetched."""
    page, used = decode(data, name, encoding or _declared(data))
    return found_in_page(page, name, used)


def found_in_page(page: str, name: str, encoding: str) -> FoundArticle:
    """As `read_web`, of a page that is decoded already."""
    got = _extract(_slimmed(page, name), name)
    lines = (line.strip() for line in (got.text or "").splitlines())
    text = _BETWEEN_ITEMS.sub(r"\1\n", "\n\n".join(filter(None, lines)))
    if not text:
        raise ArticleError(f"{name}: no article is found in this page; copy its text and paste it.")
    language = _LANGUAGE.search(page[:_HEAD])
    return FoundArticle(
        f"{text}\n",
        encoding,
        title=told(got.title),
        date=told(got.date),
        byline=told(got.author),
        language=language[1] if language else None,
        address=told(got.url),
    )


def _slimmed(page: str, name: str) -> str:
    """A large page without what is no text: scripts, styles, pictures within it.

    Raises `ArticleError` for one that has more elements than any page with an article.
    """
    if len(page) < _LARGE:
        return page
    for pattern in _NO_TEXT:
        page = pattern.sub("", page)
    if page.count("<") > MOST_TAGS:
        what = f"this page has more than {MOST_TAGS:,} tags; copy its text and paste it"
        raise ArticleError(f"{name}: {what}.")
    allow(SECONDS + len(_TAG.sub("", page)) / _LETTERS_A_SECOND)
    return page


def _extract(page: str, name: str) -> Any:
    try:
        # Half a second, and an extra: nothing of it where no web page is read.
        from trafilatura import bare_extraction
    except ImportError as error:
        raise ArticleError(
            f"{name}: web pages are read with trafilatura, which is not installed; "
            f"install it with: {install_line('web')}"
        ) from error
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    large = len(page) >= _LARGE
    got = bare_extraction(
        page,
        include_comments=False,
        with_metadata=True,
        # What makes up for short pages takes longer than the rest does with long ones.
        fast=large,
        date_extraction_params={"original_date": True, "extensive_search": not large},
    )
    if got is None:
        raise ArticleError(f"{name}: no article is found in this page; copy its text and paste it.")
    return got


def _declared(data: bytes) -> str | None:
    """What a page that is not UTF-8 says of its encoding, where Python knows that one."""
    said = _CHARSET.search(data[:_HEAD])
    if said is None or _is_utf_8(data):
        return None
    try:
        encoding = known_encoding(said[1].decode("ascii"))
        data.decode(encoding)
    except (ArticleError, UnicodeError):
        return None
    # What calls itself ISO 8859-1 is Windows-1252: browsers read it so, and pages are made so.
    return "windows-1252" if encoding in ("iso-8859-1", "ascii") else encoding


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
