"""The user's own copy of the seed article, to try things out on."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from platformdirs import user_data_path

from annotator.core.errors import StorageError
from annotator.storage.disk.contents import storage_error
from annotator.storage.log import APP
from annotator.storage.shipped.resources import seeds_path


def sample_folder() -> Path:
    """The folder with the sample, copied from the seeds on first use and then left alone.

    It lies in the user's data folder, or in ``ANNOTATOR_DATA_DIR`` where that is set.
    Raises `StorageError` if it can neither be found nor made.
    """
    folder = sample_place()
    try:
        if not folder.is_dir():
            _copy_whole(seeds_path(), folder)
    except OSError as error:
        raise StorageError(
            f"{folder}: the sample could not be copied ({error.strerror}); open a folder instead."
        ) from error
    return folder


def sample_place() -> Path:
    """Where the sample lies, or will lie once it is opened."""
    return data_folder() / "sample"


def copy_sample(folder: Path) -> None:
    """Copy the sample into a new folder; raises `StorageError`, also where one is there."""
    if os.path.lexists(folder):
        raise StorageError(f"{folder} is there already; name a new folder for the sample.")
    try:
        _copy_whole(seeds_path(), folder)
    except OSError as error:
        raise storage_error("made", folder, error) from error


def data_folder() -> Path:
    """Where the program keeps what it owns of the user's data."""
    own = os.environ.get("ANNOTATOR_DATA_DIR")
    return Path(own) if own else user_data_path(APP, appauthor=False)


def _copy_whole(seeds: Path, folder: Path) -> None:
    # Renamed into place, so that a copy cut short is never taken for the sample; written
    # rather than copied, so that seeds installed read-only give files that can be changed.
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".sample-") as parts:
        whole = Path(parts) / "sample"
        for seed in (path for path in seeds.rglob("*") if path.is_file()):
            copy = whole / seed.relative_to(seeds)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(seed.read_bytes())
        try:
            whole.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another window was first
                raise
