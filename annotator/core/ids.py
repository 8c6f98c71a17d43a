"""Ids of annotations: a letter for the kind, six random characters, never reused."""

from __future__ import annotations

import secrets
import string
from collections.abc import Container

from annotator.core.model import Kind

_ALPHABET = string.digits + string.ascii_lowercase


def new_id(kind: Kind, taken: Container[str]) -> str:
    """A fresh id as in ``c-8r3tdw`` that is not among ``taken``."""
    while True:
        candidate = f"{kind[0]}-" + "".join(secrets.choice(_ALPHABET) for _ in range(6))
        if candidate not in taken:
            return candidate
