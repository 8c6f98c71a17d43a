"""What a check of files found, in lines for people and in JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from annotator.core.display_text import count, escaped
from annotator.core.errors import FormatError


class ProblemCode(str):
    """The code of a problem, which tells it from a format error."""


class AtLine(NamedTuple):
    """A format error in a file, or a problem, at a 1-based line.

    ``code`` names the rule for programs. ``what`` is wrong and what is ``expected`` (may be
    empty) are parts of a sentence.
    """

    file: str
    line: int
    what: str
    expected: str
    code: str

    @property
    def is_problem(self) -> bool:
        """Whether it is work that is left rather than a format error."""
        return isinstance(self.code, ProblemCode)

    def __str__(self) -> str:
        """The one line that a person reads."""
        return escaped(str(FormatError(self.file, self.line, self.what, self.expected)))


class CheckReport(NamedTuple):
    """What a check of so many ``files`` found, by file and line.

    ``with_problems`` says whether problems were asked for.
    """

    files: int
    found: tuple[AtLine, ...]
    with_problems: bool = False

    @property
    def format_errors(self) -> tuple[AtLine, ...]:
        """What breaks the format of a file."""
        return tuple(one for one in self.found if not one.is_problem)

    @property
    def problems(self) -> tuple[AtLine, ...]:
        """What is left to decide in the tagging."""
        return tuple(one for one in self.found if one.is_problem)

    @property
    def summary(self) -> str:
        """The check in one sentence part, as in ``2,000 files, 3 format errors in 2 files``."""
        parts = [count(self.files, "file"), _in_files(self.format_errors, "format error")]
        if self.with_problems:
            parts.append(_in_files(self.problems, "problem"))
        return ", ".join(parts)

    @property
    def as_text(self) -> str:
        """A line for each, as ``file:line: what is wrong, expected what``."""
        return "".join(f"{one}\n" for one in self.found)

    @property
    def as_json(self) -> str:
        """The same for programs; problems only where they were asked for."""
        told: dict[str, object] = {"files": self.files}
        told["format_errors"] = [one._asdict() for one in self.format_errors]
        if self.with_problems:
            told["problems"] = [one._asdict() for one in self.problems]
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _in_files(found: Sequence[AtLine], noun: str) -> str:
    if not found:
        return f"no {noun}s"
    files = len({one.file for one in found})
    return f"{count(len(found), noun)} in {count(files, 'file')}"
