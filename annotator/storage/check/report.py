"""What a check of files found, in lines for people and in JSON for programs."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from annotator.core.errors import FormatError

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Finding(NamedTuple):
    """A problem in a file, at a 1-based line; ``code`` names the rule for programs.

    ``what`` is wrong and what is ``expected`` (may be empty) are parts of a sentence.
    """

    file: str
    line: int
    what: str
    expected: str
    code: str

    def __str__(self) -> str:
        """The one line that a person reads."""
        return one_line(str(FormatError(self.file, self.line, self.what, self.expected)))


class Report(NamedTuple):
    """What a check of so many ``files`` found, by file and line."""

    files: int
    findings: tuple[Finding, ...]

    @property
    def summary(self) -> str:
        """The check in one sentence part, as in ``2,000 files, 3 problems in 2 files``."""
        checked = _count(self.files, "file")
        if not self.findings:
            return f"{checked}, no problems"
        wrong = len({finding.file for finding in self.findings})
        return f"{checked}, {_count(len(self.findings), 'problem')} in {_count(wrong, 'file')}"

    @property
    def as_text(self) -> str:
        """A line for each finding, as ``file:line: what is wrong, expected what``."""
        return "".join(f"{finding}\n" for finding in self.findings)

    @property
    def as_json(self) -> str:
        """The same for programs."""
        findings = [finding._asdict() for finding in self.findings]
        told = {"files": self.files, "problems": findings}
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def one_line(text: str) -> str:
    """The text with line breaks, and all that would steer a terminal, written out."""
    return _CONTROL.sub(lambda found: ascii(found.group())[1:-1], text)
