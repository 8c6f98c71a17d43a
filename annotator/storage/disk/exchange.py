"""Names on the disk that change hands in one step, where the system can do that.

Python's `os` knows neither call: Linux has both as ``renameat2``, macOS as ``renamex_np``
(that branch is written by the manual and was never run). Elsewhere, and on disks that refuse
them (network shares, FAT), both functions say so and the caller takes the next best way.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_NOREPLACE, _EXCHANGE = 1, 2
_RENAME_SWAP, _RENAME_EXCL = 2, 4
_HERE = -100  # AT_FDCWD
_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOTTY}

_Rename = Callable[[bytes, bytes], int]


def exchange(one: Path, other: Path) -> bool:
    """Let two files change names in one step; false where the system cannot do that.

    Neither content is ever without a name. Raises `OSError`.
    """
    return _renamed(_call(_EXCHANGE, _RENAME_SWAP), one, other)


def rename_new(old: Path, new: Path) -> bool:
    """Rename a file, never over another one; false where the system cannot do that.

    Raises `FileExistsError` where there is one already, and any other `OSError`.
    """
    return _renamed(_call(_NOREPLACE, _RENAME_EXCL), old, new)


def _renamed(call: _Rename | None, old: Path, new: Path) -> bool:
    if call is None:
        return False
    if call(os.fsencode(old), os.fsencode(new)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(old), None, str(new))


@cache
def _call(linux: int, macos: int) -> _Rename | None:
    """The system's call with its flag; None where it has none."""
    if sys.platform == "linux":
        call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        return call and (lambda old, new: int(call(_HERE, old, _HERE, new, linux)))
    if sys.platform == "darwin":
        call = getattr(ctypes.CDLL(None, use_errno=True), "renamex_np", None)
        return call and (lambda old, new: int(call(old, new, macos)))
    return None
