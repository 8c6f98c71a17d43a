"""The fast way into what stands above the annotations, as `canonical` is into those.

A pattern for the head of an annotation file that has only the usual keys. It takes values as
they stand: whether YAML reads them so is what the writer knows, so whoever calls this compares
what the writer makes of the result.
"""

from __future__ import annotations

import re

from annotator.core.model import ArticleRef, Document, Status
from annotator.storage.yaml.tree import LONGEST_SCALAR

_HEAD = re.compile(
    r"format: source-attribution/1\n"
    r"article:\n"
    r"  file: ([^\n]+)\n"
    r"  sha256: ([0-9a-f]{64})\n"
    r"  length: (0|[1-9][0-9]{0,8})\n"
    r"(?:  language: ([a-z]{2,3})\n)?"
    r"annotator: ([^\n]+)\n"
    r"status: (in-progress|done)\n"
)


def read_head(text: str) -> Document | None:
    """The document of a head, without annotations; None where the head has other keys.

    It is what the file says if the writer makes ``text`` of it again.
    """
    found = _HEAD.fullmatch(text)
    if found is None or len(text) > LONGEST_SCALAR:
        return None
    file, sha256, length, language, annotator, status = found.groups()
    article = ArticleRef(file=file, sha256=sha256, length=int(length), language=language)
    return Document(article=article, annotator=annotator, status=Status(status))
