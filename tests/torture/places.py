"""The folder that a round works in: the seed article, tagged by anna and boris, to be reviewed."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.sources import Registry
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.storage.opening import Opened, open_review, open_session
from annotator.storage.shipped.resources import seeds_path
from tests.torture.rounds import Outcome

ARTICLE = "corea-del-nord.txt"
REVIEWER = "carla"


@cache
def registry() -> Registry:
    """What a folder without sources.yaml begins with."""
    return parse_registry((seeds_path() / "sources.yaml").read_bytes(), "sources.yaml")


def keep_data_in(home: Path) -> None:
    """Let the program's own data lie there too, where the disk fails as it does elsewhere."""
    for name in ("XDG_DATA_HOME", "ANNOTATOR_DATA_DIR"):
        os.environ[name] = str(home / "program")


def seed_folder(home: Path) -> Path:
    """The seeds, tagging and all."""
    shutil.copytree(seeds_path(), home, dirs_exist_ok=True)
    return home


def untagged_folder(home: Path) -> Path:
    """The seed article alone."""
    shutil.copy(seeds_path() / ARTICLE, home)
    return home


def tagging_of(home: Path, who: str = "anna") -> Path:
    """Where somebody's tagging of the article lies."""
    return home / "annotations" / f"{Path(ARTICLE).stem}.{who}.yaml"


def open_as(home: Path, who: str = "anna") -> Opened:
    """The article, open for somebody; carla reviews."""
    opening = open_review if who == REVIEWER else open_session
    return opening(Folder(home), home / ARTICLE, who, registry())


def refuse_damage(home: Path, outcome: Outcome) -> None:
    """Tell of every annotation file and registry of the folder that is no longer sound."""
    for path in (home / "annotations").glob("*.yaml"):
        _refuse_unsound(outcome, path, lambda data, name: parse_document(data, name))
    for path in home.glob("sources.yaml"):
        _refuse_unsound(outcome, path, lambda data, name: parse_registry(data, name))


def _refuse_unsound(outcome: Outcome, path: Path, parse: object) -> None:
    try:
        assert callable(parse)
        parse(path.read_bytes(), path.name)
    except AnnotatorError as error:
        outcome.damaged(str(error))
