"""Reading tagged articles without opening them for work: no lock, no journal."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.core.errors import FormatError, StorageError
from annotator.core.model import Document
from annotator.core.text.article import Article, read_article
from annotator.storage.disk.refusals import refusals_told
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.places import article_path, followed, read_bytes
from annotator.storage.folder import Folder, is_article_name
from annotator.storage.recovery import misplaced_span

if TYPE_CHECKING:
    from annotator.core.checks.format_errors import AtPlace
    from annotator.storage.check.report import AtLine


@refusals_told("read")
def annotation_files_in(paths: Iterable[Path]) -> list[Path]:
    """The annotation files that ``paths`` stand for: files as they are, articles, folders.

    Raises `StorageError` where there are none.
    """
    found = [file for path in paths for file in _files_of(path)]
    if not found:
        raise StorageError("There are no annotation files there; name one, or their folder.")
    return found


def _files_of(path: Path) -> list[Path]:
    path = followed(path)
    if path.is_dir():
        return Folder(path).all_files()
    if is_article_name(path.name):
        return list(Folder(path.parent).annotation_files(path).values())
    return [path]


def read_tagged(path: Path) -> tuple[Article, Document]:
    """The article and the tagging of an annotation file.

    Raises `FormatError`, `ArticleError`, or `StorageError` when the article is not the
    text that was tagged.
    """
    document = parse_document(read_bytes(path), str(path))
    text_path = article_path(path, document.article.file)
    article = read_article(read_bytes(text_path), str(text_path))
    if article.sha256 != document.article.sha256:
        raise StorageError(
            f"{path}: the article has changed since it was tagged; put the tagged text back."
        )
    return article, document


def refuse_other_text(document: Document, article: Article, path: Path) -> None:
    """Raise `StorageError` unless the file at ``path`` was tagged on this very text.

    Raises `FormatError` where its words do not stand where it says.
    """
    if document.article.sha256 != article.sha256:
        raise _of_another_text(path)
    if any(misplaced_span(annotation, article) is not None for annotation in document.annotations):
        raise _misplaced(document, article, path)


def _of_another_text(path: Path) -> StorageError:
    from annotator.core.checks.format_errors import AtPlace

    what = (
        "the article has changed since it was tagged; put the tagged text back, "
        "or move the annotation file away and tag anew"
    )
    changed = AtPlace("article-changed", None, ("article", "sha256"), what, "")
    return StorageError(f"{_located(changed, path)}.")


def _misplaced(document: Document, article: Article, path: Path) -> FormatError:
    from annotator.core.checks.format_errors import MISPLACED, find_format_errors

    found = find_format_errors(document, article, None)
    first = _located(next(one for one in found if one.code in MISPLACED), path)
    return FormatError(first.file, first.line, first.what, first.expected)


def _located(error: AtPlace, path: Path) -> AtLine:
    # Loaded here, as the checks are, since mostly there are no errors.
    from annotator.storage.check.lines import with_lines

    return next(with_lines([error], read_bytes(path), str(path)))
