"""A folder with one article and its sources, and hands that tag in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.sources import Registry, Source
from annotator.storage.folder import Folder
from annotator.storage.opening import Opened, open_session
from annotator.storage.session import Session

TEXT = "Secondo la KCNA 😀 le truppe sono «in Russia».\nLo riferisce Yonhap, citando la KCNA.\n"
DEFAULT = Registry((Source(id="kcna", name="KCNA", aliases=("ЦТАК",)),))

Open = Callable[..., Opened]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "corea del nord.txt").write_bytes(TEXT.encode())
    return Folder(tmp_path)


@pytest.fixture
def open_as(folder: Folder) -> Open:
    """Opens the folder's article for an annotator, "anna" if nobody else is named."""

    def open_article(annotator: str = "anna") -> Opened:
        return open_session(folder, folder.articles()[0], annotator, DEFAULT)

    return open_article


@pytest.fixture
def session(open_as: Open) -> Session:
    """The folder's article, open for anna."""
    return open_as().session
