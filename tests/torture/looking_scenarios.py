"""Whatever only looks at a folder: it tells what it cannot read, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from annotator.review.compare.folders import compare_articles
from annotator.storage.bulk.by_article import gather
from annotator.storage.bulk.search import SearchTerms, search_folder
from annotator.storage.bulk.source_counts import count_sources
from annotator.storage.check.check import check_files, files_in
from annotator.storage.disk.contents import digest
from annotator.storage.folder import Folder, open_path
from annotator.storage.reading import annotation_files_in
from tests.torture.children import Tell, attempt
from tests.torture.places import seed_folder, tagging_of
from tests.torture.rounds import Outcome
from tests.torture.scenarios import Scenario, Story


def _prepare(home: Path, tell: Tell) -> Path:
    tell("before", _digest(seed_folder(home)))
    return home


def _look(look: Callable[[Path], object], home: Path, tell: Tell) -> None:
    attempt(tell, lambda: look(home))


def _digest(home: Path) -> str:
    files = sorted(path for path in home.rglob("*") if path.is_file())
    return digest(b"".join(bytes(path) + path.read_bytes() for path in files))


def _judge(home: Path, story: Story, outcome: Outcome) -> None:
    if ("before", _digest(home)) not in story.told:
        outcome.damaged("looking has changed a file")


def _check(home: Path) -> object:
    return check_files(files_in([home]), lambda _: None)


def _compare(home: Path) -> object:
    gathered, refused = gather([home])
    return compare_articles(gathered, lambda _: None, refused)


def _list(home: Path) -> object:
    open_path(tagging_of(home))
    return Folder(home).states("anna")


def _search(home: Path) -> object:
    return list(search_folder(Folder(home), "anna", SearchTerms("Corea")))


def _count(home: Path) -> object:
    return count_sources(annotation_files_in([home]))


LOOKING_SCENARIOS: tuple[Scenario, ...] = tuple(
    Scenario(name, _prepare, partial(_look, look), _judge)
    for name, look in {
        "check": _check,
        "compare": _compare,
        "list": _list,
        "search": _search,
        "count sources": _count,
    }.items()
)
