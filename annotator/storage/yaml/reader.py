"""Reading YAML: the 1.2 core only, with the line of every node.

What YAML would guess at or expand is refused rather than believed: duplicate keys, anchors,
aliases, tags, nulls, several documents. ``no`` and ``2025-04-28`` and ``12:30`` are text.
"""

from __future__ import annotations

import re

from annotator.core.errors import FormatError
from annotator.storage.yaml.tree import Tree

LARGEST_FILE = 64_000_000
"""Bytes."""

_NOT_ALLOWED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What YAML 1.1 or 1.2 does not take as it stands, or takes for the end of a line."""


def read_tree(data: bytes, name: str) -> Tree:
    """The one document in the bytes of the file ``name``.

    A BOM and CR LF are accepted. Raises `FormatError`, with the line, for everything that is
    not plain YAML of bounded size and depth in UTF-8.
    """
    if len(data) > LARGEST_FILE:
        limit = f"at most {LARGEST_FILE // 1_000_000} MB"
        raise FormatError(name, 1, f"the file has {len(data) / 1e6:.0f} MB", limit)
    text = _decode(data.removeprefix(b"\xef\xbb\xbf"), name)
    if odd := _NOT_ALLOWED.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        what = f"the character U+{ord(odd.group()):04X} stands in the file"
        raise FormatError(name, line, what, "text, with such a character escaped in quotes")
    # Loaded here, since the files that this program wrote itself are read without it.
    from annotator.storage.yaml.events import tree_of

    return tree_of(text, name)


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise FormatError(name, line, what, "a file saved as UTF-8") from error
