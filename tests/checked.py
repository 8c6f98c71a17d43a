"""Checking one file, as the command line checks many."""

from __future__ import annotations

from pathlib import Path

from annotator.storage.check.check import check_files
from annotator.storage.check.report import AtLine


def check_file(path: Path, *, with_problems: bool = False) -> list[AtLine]:
    """What is wrong in one file, by line."""
    return list(check_files([path], lambda _: None, with_problems=with_problems).found)
