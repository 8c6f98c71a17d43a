"""Writing YAML: the few forms that our files are made of.

A writer of our own, because libyaml's emitter turns characters beyond U+FFFF into escapes
even where it is told not to, and lays out a flow mapping as it likes. A
double-quoted scalar on one line is simple enough to write, and reads back under every YAML
parser; what may stand without quotes is drawn so narrowly that YAML 1.1 and 1.2 agree on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from annotator.core.model import Extra, Value

_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}

_WORD = r"[\w./'()&+-]+"
_PLAIN_IN_FLOW = rf"(?:[^\W\d_]|\.\.?/)(?:{_WORD})?(?: {_WORD})*(?:#[\w-]+)?"
_PLAIN_IN_BLOCK = _PLAIN_IN_FLOW.replace("[\\w.", "[\\w,.")
_HEX_WITH_LETTERS = r"(?=[0-9e]*[a-df])[0-9a-f]{64}"
_IN_FLOW = re.compile(_PLAIN_IN_FLOW)
_IN_BLOCK = re.compile(f"{_PLAIN_IN_BLOCK}|{_HEX_WITH_LETTERS}")

READ_OTHERWISE = frozenset(("true", "false", "null", "yes", "no", "on", "off"))
"""Words that YAML 1.1 or 1.2 does not take for text, in any case."""


def quoted(text: str) -> str:
    """``text`` in double quotes on one line, real characters wherever YAML allows them.

    Half a surrogate pair, which no file can hold, becomes U+FFFD.
    """
    usual = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    if usual.isprintable():
        return f'"{usual}"'  # as most texts are, at a third of the cost
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    code = 0xFFFD if "\ud800" <= char <= "\udfff" else ord(char)
    return _SHORT.get(char) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")


def plain(text: str) -> str:
    """``text`` without quotes where every parser reads it as that text, else `quoted`."""
    return _plain_if(_IN_BLOCK, text)


def plain_in_flow(text: str) -> str:
    """As `plain`, inside brackets or braces."""
    return _plain_if(_IN_FLOW, text)


def _plain_if(pattern: re.Pattern[str], text: str) -> str:
    safe = pattern.fullmatch(text) and text.lower() not in READ_OTHERWISE
    return text if safe else quoted(text)


def flow(value: Value) -> str:
    """Any value on one line: text quoted, lists in brackets, mappings in braces."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        pairs = (f"{plain_in_flow(key)}: {flow(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(map(flow, value))}]"


def extra_lines(extra: Extra, indent: str = "") -> str:
    """The ``x-`` keys, each with its value on a line of its own."""
    return "".join(f"{indent}{plain(key)}: {flow(value)}\n" for key, value in extra)


def extra_in_flow(extra: Extra) -> str:
    """The ``x-`` keys as they follow others inside braces."""
    return "".join(f", {plain_in_flow(key)}: {flow(value)}" for key, value in extra)
