"""Which annotation files are of one article, wherever they lie."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from annotator.core.errors import AnnotatorError, StorageError
from annotator.storage.check.check import files_in
from annotator.storage.disk.contents import missing, real
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.annotation_file import FORMAT, parse_document
from annotator.storage.files.article_header import ENDING
from annotator.storage.files.file_format import other_format
from annotator.storage.files.places import ANNOTATIONS, SOURCES, article_path, followed, read_bytes
from annotator.storage.folder import is_article_name
from annotator.storage.reading import annotation_files_in
from annotator.storage.yaml.reader import read_tree

_REVIEW = ".review.yaml"


class Gathered(NamedTuple):
    """An article, and the files that hold somebody's tagging of it."""

    article: Path
    files: tuple[Path, ...]


@refusals_told("compared")
def gather(paths: Iterable[Path]) -> tuple[list[Gathered], list[str]]:
    """The annotation files that ``paths`` stand for, by article, in the order of files.

    Of folders, looked through with all that is in them, and of articles everybody's tagging
    counts, but no review; a file that is named counts whatever it is. With a sentence for each
    file of which the article cannot be told. Raises `StorageError` for a path that is not
    there, and where there is no annotation file at all.
    """
    files = {real(file): file for path in paths for file in _files_at(path)}
    together: dict[Path, Gathered] = {}
    refused: list[str] = []
    for file in files.values():
        try:
            article = _article_of(file)
        except AnnotatorError as error:
            refused.append(f"{str(error).removesuffix('.')}; it is left out here.")
        else:
            key = real(article)
            known = together.get(key, Gathered(article, ()))
            together[key] = known._replace(files=(*known.files, file))
    return list(together.values()), refused


def _files_at(path: Path) -> Iterator[Path]:
    path = followed(path)
    if not os.path.exists(path):  # noqa: PTH110  for pathlib a name that is too long is an error
        raise missing("compared", path)
    if path.is_dir():
        found = [file for file in files_in([path]) if _is_tagging(file)]
        if not found:
            what = f"no annotation file ({ANNOTATIONS}/*.yaml) here; choose another folder."
            raise StorageError(f"{path}: {what}")
        yield from found
    elif is_article_name(path.name):
        yield from annotation_files_in([path])
    else:
        yield from files_in([path])


def _is_tagging(path: Path) -> bool:
    # Of somebody called "article" the tagging ends like the header of an article.
    is_header = path.name.endswith(ENDING) and real(path.parent).name != ANNOTATIONS
    return path.name != SOURCES and not path.name.endswith(_REVIEW) and not is_header


def _article_of(path: Path) -> Path:
    """Where a file says that its article lies; raises `FormatError` and `StorageError`.

    Only its head is read, for thousands of files may have to be told apart.
    """
    data = read_bytes(path)
    tree = read_tree(data[: data.find(b"\nannotations:") + 1] or data, str(path))
    if error := other_format(tree, FORMAT.newest, str(path)):
        raise error
    article = tree.value.get("article") if isinstance(tree.value, dict) else None
    stated = article.get("file") if isinstance(article, dict) else None
    if not isinstance(stated, str):
        # The head is in another order, or nothing like ours.
        stated = parse_document(data, str(path)).article.file
    return article_path(path, stated)
