"""How numbers of things and words of the text are put into lines that people read."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def count(number: int, singular: str, plural: str = "") -> str:
    """As in "1 note" and "1,200 notes"; ``plural`` is the English one if it is not given."""
    several = plural or re.sub(r"(?<![aeou])y$", "ie", singular) + "s"
    return f"{number:,} {singular if number == 1 else several}"


def one_line(words: str, most: int = 200) -> str:
    """``words`` without line breaks, cut after ``most`` code points."""
    line = " ".join(words[: most + 1].split())
    return f"{line[:most]}…" if len(words) > most else line


def escaped(text: str) -> str:
    """The text with line breaks, and all that would steer a terminal, written out."""
    return _CONTROL.sub(lambda found: ascii(found.group())[1:-1], text)
