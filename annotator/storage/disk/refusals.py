"""The border of the storage: what the system refuses leaves it as a sentence.

A call to the disk that may well fail is handled where it is made. What is left are those that
only look (is it there, is it a folder?), which a broken disk or a folder without rights can
refuse as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.storage.disk.contents import storage_error


@contextmanager
def refusals_told(verb: str) -> Iterator[None]:
    """Raise `StorageError` for an `OSError` of a function or a block: the file "cannot be opened".

    The ``verb`` is for files that the system names; without one it is "the disk". A generator
    has the block inside it.
    """
    try:
        yield
    except OSError as error:
        raise storage_error(verb, _named(error), error) from error


def _named(error: OSError) -> Path:
    name = error.filename
    return Path(os.fsdecode(name)) if isinstance(name, str | bytes) else Path("the disk")
