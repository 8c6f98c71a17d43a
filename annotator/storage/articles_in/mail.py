"""Messages: the plain text of an e-mail, else the main text of its HTML."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice

from annotator.core.errors import ArticleError
from annotator.storage.articles_in.encoding import decode
from annotator.storage.articles_in.found import FoundArticle, told
from annotator.storage.articles_in.web import found_in_page

MOST_PARTS = 1_000
MOST_LINES = 10_000
"""Of the headers at the top; a message to some thousand people has a tenth."""

_BORDERS = 20
"""Lines that begin as a border does, for each part: text may have some of its own."""

_HEAD = re.compile(rb"(?:[^\r\n]++\r?\n)*+")

_LONGEST = 10_000
"""Characters of a header that is read; none has a tenth of it."""

_READ = ("from", "subject", "date", "content-type", "content-language", "content-disposition")

_MISREAD = (AttributeError, AssertionError, LookupError, TypeError, ValueError)
"""What the library raises where headers are not as the standards want them."""

_ANY = ("From", "Subject", "Date", "To", "Message-ID")


def read_mail(data: bytes, name: str, encoding: str | None) -> FoundArticle:
    """The body of a message, with subject, sender and date; what is attached is left out."""
    head = _HEAD.match(data)
    if head and head[0].count(b"\n") > MOST_LINES:
        raise _refused(name, f"this e-mail has more than {MOST_LINES:,} lines of headers")
    if data.count(b"\n--") > _BORDERS * MOST_PARTS:
        raise _refused(name, f"this e-mail has more than {MOST_PARTS:,} parts")
    try:
        # This policy takes headers as they stand, the other one reads those that are asked for.
        _refuse_bombs(message_from_bytes(data, policy=policy.compat32), name)
        message = message_from_bytes(data, policy=policy.default)
        if not any(key in message for key in _ANY):
            raise ArticleError(f"{name}: this is no e-mail; it has no headers.")
        return _found(message, name, encoding)
    except RecursionError as error:
        raise _refused(name, "the parts of this e-mail are nested too deeply") from error
    except _MISREAD as error:
        raise _refused(name, "this e-mail is damaged") from error


def _refuse_bombs(message: Message, name: str) -> None:
    """Raise `ArticleError` for what the library would work on for minutes, or for ever."""
    parts = list(islice(message.walk(), MOST_PARTS + 1))
    if len(parts) > MOST_PARTS:
        raise _refused(name, f"this e-mail has more than {MOST_PARTS:,} parts")
    for part in parts:
        if any(key.lower() in _READ and len(str(value)) > _LONGEST for key, value in part.items()):
            raise _refused(name, f"a header has more than {_LONGEST:,} characters")


def _refused(name: str, what: str) -> ArticleError:
    return ArticleError(f"{name}: {what}; copy its text and paste it.")


def _found(message: EmailMessage, name: str, encoding: str | None) -> FoundArticle:
    body = message.get_body(("plain", "html"))
    if body is None:
        raise ArticleError(f"{name}: this e-mail has no text; add what is attached to it instead.")
    found = _body(body, name, encoding)
    sender = parseaddr(_header(message, "From") or "")
    return FoundArticle(
        found.text,
        found.encoding,
        title=_header(message, "Subject") or found.title,
        date=_day(_header(message, "Date")),
        byline=told(sender[0] or sender[1]),
        language=_header(message, "Content-Language") or found.language,
        address=found.address,
    )


def _body(body: Message, name: str, encoding: str | None) -> FoundArticle:
    data = body.get_payload(decode=True)
    if not isinstance(data, bytes):
        raise _refused(name, "the body of this e-mail is a message or several ones itself")
    text, used = _decoded(data, name, encoding, body.get_content_charset())
    if body.get_content_subtype() == "html":
        return found_in_page(text, name, used)
    if not text.strip():
        raise ArticleError(f"{name}: this e-mail has no text; add what is attached to it instead.")
    flowed = body.get_param("format") == "flowed"
    return FoundArticle(_unflowed(text) if flowed else text, used)


def _decoded(data: bytes, name: str, chosen: str | None, declared: str | None) -> tuple[str, str]:
    if chosen is None and declared:
        try:
            return decode(data, name, declared)
        except ArticleError:
            pass  # it says what is not so: then it is told as of any file
    return decode(data, name, chosen)


def _unflowed(text: str) -> str:
    """Lines of ``format=flowed`` that end in a blank go on in the next one (RFC 3676)."""
    return text.replace("\r\n", "\n").replace("-- \n", "--\n").replace(" \n", " ")


def _header(message: EmailMessage, key: str) -> str | None:
    try:
        return told(message[key])
    except _MISREAD:
        return None  # the library stumbles over some that nobody could read


def _day(date: str | None) -> str | None:
    try:
        return parsedate_to_datetime(date).date().isoformat() if date else None
    except (TypeError, ValueError, OverflowError):
        return None
