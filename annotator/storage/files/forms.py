"""How single values stand in our files: read from YAML, from a journal's JSON, and by patterns.

A form is what the tables of fields (see `record`) say of a key's value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from annotator.core.model import Extra
from annotator.core.sources import LocalAliases
from annotator.storage.yaml.writer import READ_OTHERWISE, plain, plain_in_flow, quoted

_Reader = Callable[[Any], Any]

_CHARS = r'[^"\\\x00-\x1f\x7f-\x9f]*'
_QUOTED = rf"{_CHARS}(?:\\[^\n]{_CHARS})*"
_ID = "[caq]-[0-9a-z]{6}"
_NOT_OTHERWISE = rf"(?!(?:{'|'.join(sorted(READ_OTHERWISE))})\n)"

_ESCAPE = re.compile(r"\\(?:x([0-9A-F]{2})|u([0-9A-F]{4})|(.))")
_SHORT = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class NotCanonical(Exception):
    """The text is not as we write it; never leaves the readers by patterns."""


def as_it_is(value: Any) -> Any:
    """The value itself, which the schema or a pattern has let through."""
    return value


def json_text(value: Any) -> str:
    """The text that JSON gave; raises `TypeError` for anything else, as all readers of JSON."""
    if not isinstance(value, str):
        raise TypeError
    # Half a surrogate pair, which no file can hold, comes back as it would from a file.
    return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)


def json_items(value: Any) -> list[Any]:
    """The list that JSON gave."""
    if not isinstance(value, list):
        raise TypeError
    return value


def json_texts(value: Any) -> tuple[str, ...]:
    """The texts that JSON gave."""
    return tuple(map(json_text, json_items(value)))


def _json_number(value: Any) -> int:
    if type(value) is not int:  # bool is a kind of int
        raise TypeError
    return value


def _json_flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _json_extra(pairs: Any) -> Extra:
    return tuple((json_text(key), value) for key, value in json_items(pairs))


def _json_local(plain: Any) -> LocalAliases:
    return tuple((json_text(language), json_texts(names)) for language, names in json_items(plain))


@dataclass(frozen=True, eq=False)
class Form:
    """How a value is written on the line of its key, and read.

    ``read`` takes what YAML gave and the schema let through, ``from_json`` what stood in a
    journal. ``pattern``, if there is one, has one group, of which ``meant`` makes the value or
    raises `NotCanonical`; a ``loose`` one also matches what YAML reads otherwise, which whoever
    uses it finds out by writing the value again. A text is its own meaning where it has no
    ``mark``. A false value, as an empty text or 0, is written only if it may be ``blank``; a
    ``flag`` only where it is down.
    """

    write: Callable[[Any], str]
    read: _Reader = as_it_is
    from_json: _Reader = json_text
    pattern: str = ""
    meant: _Reader = as_it_is
    mark: str = ""
    blank: bool = False
    flag: bool = False

    newest = 1
    """The highest number of a format that a value may need; see `record.Field.since`."""

    def number(self, value: Any) -> int:
        """The number of the format that the value needs."""
        return 1


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    if "\\\\" not in text:
        usual = text.replace('\\"', '"').replace("\\n", "\n")
        if "\\" not in usual:
            return usual
    meant = _ESCAPE.sub(_meant, text)
    if quoted(meant) != f'"{text}"':
        raise NotCanonical
    return meant


def _unquoted(text: str) -> str:
    return _unescaped(text[1:-1])


def _meant(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _SHORT.get(escape[3], "")


def _unique(text: str) -> tuple[str, ...]:
    items = tuple(text.split(", "))
    if len(set(items)) != len(items):
        raise NotCanonical
    return items


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


def _written_names(names: tuple[str, ...]) -> str:
    return f"[{', '.join(map(plain_in_flow, names))}]"


def _written_local(aliases: LocalAliases) -> str:
    listed = (f"{plain_in_flow(language)}: {_written_names(names)}" for language, names in aliases)
    return f"{{{', '.join(listed)}}}"


def _read_local(raw: dict[str, list[str]]) -> LocalAliases:
    return tuple((language, tuple(names)) for language, names in raw.items())


TEXT = Form(quoted, pattern=f'"({_QUOTED})"', meant=_unescaped, mark="\\", blank=True)
"""Any text, in quotation marks."""
WORDS = replace(TEXT, pattern=f'(?!"")"({_QUOTED})"', blank=False)
"""Text that is not empty."""
TEXT_IF_ANY = replace(TEXT, pattern=f'("{_QUOTED}")', meant=_unquoted, mark="")
"""The same where it may be missing: by its quotation marks a pattern knows that it is there."""
UNUSUAL_TEXT = replace(TEXT, pattern="")
"""Text that other programs may write here and we do not: no pattern has to look for it."""
WORD = Form(plain)
"""Text that stands without quotation marks where it can."""
WORD_IN_FLOW = Form(plain_in_flow)
SOURCE_ID = Form(plain, pattern=f"{_NOT_OTHERWISE}([a-z][a-z0-9-]*)")
SHA256 = Form(plain, pattern="([0-9a-f]{64})")
ID = Form(str, pattern=f"({_ID})")
NUMBER = Form(
    str,
    read=int,  # JSON Schema takes 168.0 for an integer
    from_json=_json_number,
    pattern="(0|[1-9][0-9]{0,8})",
    meant=int,
    blank=True,
)
TRUE_UNLESS_SAID = Form(
    lambda _: "false",
    from_json=_json_flag,
    pattern="(false)",
    meant=lambda _: False,
    blank=True,
    flag=True,
)
IDS = Form(
    lambda ids: f"[{', '.join(ids)}]",
    read=tuple,
    from_json=json_texts,
    pattern=rf"\[({_ID}(?:, {_ID})*)\]",
    meant=_unique,
)
NAMES = Form(_written_names, read=tuple, from_json=json_texts)
LOCAL_NAMES = Form(_written_local, read=_read_local, from_json=_json_local)
X_KEYS = Form(str, from_json=_json_extra)
"""The ``x-`` keys of a mapping, which the record that they stand in reads and writes."""


def loosely(form: Form, pattern: str) -> Form:
    """The form with a loose pattern, for a record that is read by pattern and written again."""
    return replace(form, pattern=f"({pattern})")


def loose_names() -> Form:
    """`NAMES` with a loose pattern."""
    return replace(NAMES, pattern=r"\[([^\n]*)\]", meant=_names)


def choice(words: type[StrEnum]) -> Form:
    """One of a few words."""
    known = {str(word): word for word in words}
    return Form(
        str, read=words, from_json=words, pattern=f"({'|'.join(known)})", meant=known.__getitem__
    )
