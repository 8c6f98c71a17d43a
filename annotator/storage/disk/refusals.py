"""The border of the storage: what the system refuses leaves it as a sentence.

A call to the disk that may well fail is handled where it is made. What is left are those that
only look (is it there, is it a folder?), which a broken disk or a folder without rights can
refuse as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from annotator.storage.disk.contents import storage_error

_P = ParamSpec("_P")
_R = TypeVar("_R")


def refusals_told(verb: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Raise `StorageError` where the function raises `OSError`: the file "cannot be opened".

    The ``verb`` is for files that the system names; without one it is "the disk".
    """

    def bordered(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @wraps(function)
        def inside(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            try:
                return function(*args, **kwargs)
            except OSError as error:
                raise storage_error(verb, _named(error), error) from error

        return inside

    return bordered


def _named(error: OSError) -> Path:
    name = error.filename
    return Path(os.fsdecode(name)) if isinstance(name, str | bytes) else Path("the disk")
