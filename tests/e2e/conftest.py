"""The real program on a desktop of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.model import ArticleRef, Document
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.core.text.article import read_article
from annotator.storage.disk.contents import read_if_there
from annotator.storage.disk.journal import journal_path, read_journal
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.folder import Folder
from annotator.storage.recovery import recover
from tests.e2e.desktop import Desktop, desktop, missing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in the real window may try again; what fails three times fails.

    One key in some ten thousands that xdotool presses never reaches the program: nothing came
    to its window, not even an event that was then refused.
    """
    for item in items:
        if item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """A desktop of the test's own: a window that another test left would take its keys."""
    if missing():
        pytest.skip(f"needs {', '.join(missing())}; ./dev test installs them")
    with desktop(tmp_path_factory.mktemp("desktop")) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Folder:
    """A copy of the seeds, with blanks and more in its path."""
    return Folder(Path(shutil.copytree(seeds, tmp_path / "Corea 📰 del Nord")))


def work_of(folder: Folder, annotator: str) -> Tagging:
    """What an annotator has done so far, saved or not, as another program sees it on the disk."""
    (article,) = folder.articles()
    path = folder.annotation_file(article, annotator)
    text = read_article(article.read_bytes(), article.name)
    data, found = read_if_there(path), read_journal(journal_path(path))
    nothing = Document(
        article=ArticleRef(file=article.name, sha256=text.sha256, length=len(text.text)),
        annotator=annotator,
    )
    document = parse_document(data, path.name) if data else nothing
    tagging = Tagging(document.annotations)
    if found:
        tagging.apply(recover(found.changes, document, Registry(), text).change)
    return tagging
