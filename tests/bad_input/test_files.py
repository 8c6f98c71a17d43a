"""Files that are not what they should be: one line says what, where and what was expected."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bad_input.sound import YAML, Check, Told, tagging, with_change


def test_a_file_with_a_mark_and_other_line_ends_is_read_as_it_is_meant(check: Check) -> None:
    Path(YAML).write_bytes(b"\xef\xbb\xbf" + tagging().replace("\n", "\r\n").encode())
    assert check(".") == Told("", "1 file, no format errors\n", 0)


FILES = {
    "not UTF-8": (
        with_change("annotator: anna", "annotator: ann\udce0"),
        "6: byte 0xe0 is not UTF-8 text, expected a file saved as UTF-8",
    ),
    "empty": ("", "1: the file is empty, expected YAML"),
    "broken": (
        "format: [source",
        "2: this is not YAML (did not find expected ',' or ']'), "
        "expected other indentation, quotation marks or brackets",
    ),
    "a list": ("- a\n- b\n", "1: the file is a list, expected a mapping of keys"),
    "a word": ("hello\n", "1: the file is 'hello', expected a mapping of keys"),
    "NUL": (
        with_change("anna", "an\0na"),
        "6: the character U+0000 stands in the file, "
        "expected text, with such a character escaped in quotes",
    ),
    "a duplicate key": (
        with_change("status: in-progress\n", "status: done\nstatus: done\n"),
        "8: 'status' stands twice, expected it once (first on line 7)",
    ),
    "an anchor": (
        with_change("annotator: anna", "annotator: &me anna"),
        "6: 'annotator' has an anchor, expected the value written out",
    ),
    "an alias": (
        with_change("annotator: anna", "annotator: *me"),
        "6: 'annotator' has an alias, expected the value written out",
    ),
    "a tag": (
        with_change("annotator: anna", "annotator: !!python/name:os.system anna"),
        "6: 'annotator' has the tag tag:yaml.org,2002:python/name:os.system, "
        "expected a plain value",
    ),
    "two documents": (
        tagging() + "---\n" + tagging(),
        "18: a second document begins, expected one document in a file",
    ),
    "nesting 10,000 deep": (
        with_change("annotator: anna", f"x-deep: {'[' * 10_000}"),
        "6: the nesting is too deep, expected at most 32 levels",
    ),
    "mappings 10,000 deep": (
        with_change("annotator: anna", f"x-deep: {'{a: ' * 10_000}"),
        "6: the nesting is too deep, expected at most 32 levels",
    ),
    "a scalar of 9 MB": (
        with_change("annotator: anna", f"annotator: {'a' * 9_000_000}"),
        "6: 'annotator' is too long, expected at most 8 million characters",
    ),
    "reversed": (
        with_change("start: 18, end: 28", "start: 28, end: 18"),
        "17: the span ends at 18, expected after 28",
    ),
    "an empty span": (
        with_change("start: 18, end: 28", "start: 18, end: 18"),
        "17: the span ends at 18, expected after 18",
    ),
    "a negative offset": (
        with_change("start: 18", "start: -18"),
        "17: start is -18, expected 0 or more",
    ),
    "out of range": (
        with_change("start: 18, end: 28", "start: 28, end: 38"),
        "17: c-mosca0: the span 28-38 does not lie in the article, expected offsets from 0 to 30",
    ),
    "other words": (
        with_change('exact: "Mosca tace"', 'exact: "Mosca dice"'),
        "17: c-mosca0: exact is “Mosca dice”, expected “Mosca tace” as in the article",
    ),
    "a newer format": (
        with_change("attribution/1", "attribution/3"),
        "1: a newer program wrote this file (format source-attribution/3); "
        "update this program to open it",
    ),
    "another format": (
        with_change("source-attribution/1", "shopping-list/1"),
        "1: format is 'shopping-list/1', expected 'format: source-attribution/1'",
    ),
    "an unknown key": (
        with_change("source: kcna", "sorce: kcna"),
        "11: unknown key 'sorce', did you mean 'source'?",
    ),
    "a missing key": (
        with_change("annotator: anna\n", ""),
        "1: 'annotator' is missing in the file",
    ),
    "a number for a name": (
        with_change("annotator: anna", "annotator: 12"),
        "6: annotator is 12, expected text (in quotation marks if need be)",
    ),
    "no value": (
        with_change("annotator: anna", "annotator:"),
        "6: 'annotator' has no value, expected a value, or \"\" for empty text",
    ),
}


@pytest.mark.parametrize(("text", "line"), FILES.values(), ids=FILES)
def test_a_file_that_is_not_what_it_should_be_is_told_with_its_line(
    check: Check, text: str, line: str
) -> None:
    Path(YAML).write_bytes(text.encode(errors="surrogateescape"))
    told = check(".")
    assert told.out == f"{YAML}:{line}\n"
    assert told.code == 1


def test_a_registry_is_read_as_strictly(check: Check) -> None:
    Path("sources.yaml").write_text("format: source-registry/2\nsauces: []\n", "utf-8")
    told = check("sources.yaml")
    assert told.out == (
        "sources.yaml:1: a newer program wrote this file (format source-registry/2); "
        "update this program to open it\n"
    )


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
sys.argv = ["annotator", "check", *sys.argv[1:]]
from annotator.start import main
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only here memory can be limited")
@pytest.mark.parametrize(
    ("megabytes", "sentence"),
    [
        (100, "the file has 100 MB, expected at most 64 MB"),
        (5_000, "cannot be read: 5,000 MB is too much for one file"),
    ],
)
def test_a_huge_file_is_refused_in_little_memory(root: Path, megabytes: int, sentence: str) -> None:
    scalar = f"annotator: {'a' * 100_000_000}"
    Path(YAML).write_text(with_change("annotator: anna", scalar), "utf-8")
    if megabytes > 100:  # the rest is a hole: it takes no room on the disk
        os.truncate(YAML, megabytes * 1_000_000)
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, YAML],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert (told.stdout, told.stderr) == (
        f"{YAML}:1: {sentence}\n",
        "1 file, 1 format error in 1 file\n",
    )
