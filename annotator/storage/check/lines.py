"""Where in a file something is wrong or open: from places in the document to lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.checks.format_errors import AtPlace
from annotator.storage.check.report import AtLine
from annotator.storage.files.annotation_file import parse_with_lines


def with_lines(found: Iterable[AtPlace], data: bytes, name: str) -> Iterator[AtLine]:
    """What was found in the document in ``data``, each with its line in the file ``name``."""
    tree = parse_with_lines(data, name)[1]
    rows = {raw["id"]: row for row, raw in enumerate(tree.value["annotations"])}
    for code, annotation, place, what, expected in found:
        if annotation is None:
            yield AtLine(name, tree.line(place), what, expected, code)
        else:
            # The document is in text order; a file written by hand need not be.
            in_file = (place[0], rows[annotation], *place[2:])
            yield AtLine(name, tree.line(in_file), f"{annotation}: {what}", expected, code)
