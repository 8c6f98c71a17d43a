"""Which version of a colleague's annotation was decided on."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from annotator.core.model import Annotation
from annotator.storage.files.annotation_file import annotation_text

_DIGITS = 12


def version_of(annotation: Annotation) -> str:
    """The first 12 hex digits of the SHA-256 of all that counts in an annotation.

    That is its lines in a file, without its note and ``x-`` keys: a remark is no other version.
    """
    bare = replace(annotation, note=None, extra=())
    return hashlib.sha256(annotation_text(bare).encode()).hexdigest()[:_DIGITS]
