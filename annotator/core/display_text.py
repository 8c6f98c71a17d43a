"""How numbers of things and words of the text are put into lines that people read."""

from __future__ import annotations

import re

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters, line ends, and what turns the direction of all that follows."""

LONGEST_NAME = 100
"""Code points of a name that are shown; more of them would push everything else aside."""


def count(number: int, singular: str, plural: str = "") -> str:
    """As in "1 note" and "1,200 notes"; ``plural`` is the English one if it is not given."""
    several = plural or re.sub(r"(?<![aeou])y$", "ie", singular) + "s"
    return f"{number:,} {singular if number == 1 else several}"


def one_line(words: str, most: int = 200) -> str:
    """``words`` without line breaks, cut after ``most`` code points."""
    line = " ".join(words[: most + 1].split())
    return f"{line[:most]}…" if len(words) > most else line


def escaped(text: str) -> str:
    """The text with line breaks, and all that would steer a terminal or a line, written out."""
    return _STEERING.sub(lambda found: ascii(found.group())[1:-1], text)


def shown_name(name: str, most: int = LONGEST_NAME) -> str:
    """The name of a file, a folder or a person as it is shown, on one line.

    One of more than ``most`` code points is cut in its middle: names that begin alike are told
    apart by their ends.
    """
    shown = escaped(name)
    if len(shown) <= most:
        return shown
    end = most // 3
    return f"{shown[: most - end - 1]}…{shown[-end:]}"
