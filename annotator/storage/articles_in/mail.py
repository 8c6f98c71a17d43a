"""Messages: the plain text of an e-mail, else the main text of its HTML."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime

from annotator.core.errors import ArticleError
from annotator.storage.articles_in.encoding import decode
from annotator.storage.articles_in.found import Found, told
from annotator.storage.articles_in.web import found_in_page

_ANY = ("From", "Subject", "Date", "To", "Message-ID")


def read_mail(data: bytes, name: str, encoding: str | None) -> Found:
    """The body of a message, with subject, sender and date; what is attached is left out."""
    message = message_from_bytes(data, policy=policy.default)
    if not any(key in message for key in _ANY):
        raise ArticleError(f"{name}: this is no e-mail; it has no headers.")
    body = message.get_body(("plain", "html"))
    if body is None:
        raise ArticleError(f"{name}: this e-mail has no text; add what is attached to it instead.")
    found = _body(body, name, encoding)
    sender = parseaddr(_header(message, "From") or "")
    return Found(
        found.text,
        found.encoding,
        title=_header(message, "Subject") or found.title,
        date=_day(_header(message, "Date")),
        byline=told(sender[0] or sender[1]),
        language=_header(message, "Content-Language") or found.language,
        address=found.address,
    )


def _body(body: Message, name: str, encoding: str | None) -> Found:
    data = body.get_payload(decode=True)
    assert isinstance(data, bytes)  # never a container: it is a body
    text, used = _decoded(data, name, encoding, body.get_content_charset())
    if body.get_content_subtype() == "html":
        return found_in_page(text, name, used)
    if not text.strip():
        raise ArticleError(f"{name}: this e-mail has no text; add what is attached to it instead.")
    flowed = body.get_param("format") == "flowed"
    return Found(_unflowed(text) if flowed else text, used)


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
    except (AttributeError, IndexError, LookupError, TypeError, ValueError):
        return None  # the library stumbles over some that nobody could read


def _day(date: str | None) -> str | None:
    try:
        return parsedate_to_datetime(date).date().isoformat() if date else None
    except (TypeError, ValueError, OverflowError):
        return None
