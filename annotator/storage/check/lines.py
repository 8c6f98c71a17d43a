"""Where in a file a problem stands: from places in the document to lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.checks.format_errors import Problem
from annotator.storage.check.report import Finding
from annotator.storage.files.annotation_file import parse_with_lines


def with_lines(problems: Iterable[Problem], data: bytes, name: str) -> Iterator[Finding]:
    """The problems of the document in ``data``, each with its line in the file ``name``."""
    tree = parse_with_lines(data, name)[1]
    rows = {raw["id"]: row for row, raw in enumerate(tree.value["annotations"])}
    for code, annotation, place, what, expected in problems:
        if annotation is None:
            yield Finding(name, tree.line(place), what, expected, code)
        else:
            # The document is in text order; a file written by hand need not be.
            in_file = (place[0], rows[annotation], *place[2:])
            yield Finding(name, tree.line(in_file), f"{annotation}: {what}", expected, code)
