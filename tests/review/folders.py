"""Folders of tagged articles for the tests of comparisons."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from annotator.core.model import Document
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.shipped.resources import seeds_path
from tests.review.taggings import seed_article, seed_document


def lay_out(folder: Path, article: str, **taggings: Document) -> list[Path]:
    """Put the seed article there as ``article``, tagged so by the annotators named."""
    annotations = folder / "annotations"
    annotations.mkdir(parents=True, exist_ok=True)
    shutil.copy(seeds_path() / "sources.yaml", folder)
    (folder / article).write_text(seed_article().text, "utf-8", newline="\n")
    files = [annotations / f"{Path(article).stem}.{who}.yaml" for who in taggings]
    for path, (who, document) in zip(files, taggings.items(), strict=True):
        reference = replace(document.article, file=f"../{article}")
        path.write_bytes(document_bytes(replace(document, annotator=who, article=reference)))
    return files


def anna() -> Document:
    """The tagging of anna."""
    return seed_document("anna")


def boris() -> Document:
    """The tagging of boris."""
    return seed_document("boris")


def change(path: Path, old: str, new: str) -> None:
    """Change a file by hand, once."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8", newline="\n")
