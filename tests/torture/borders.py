"""The ways into the program for a file: each reads bytes, and raises errors of our tree alone.

Where something comes of the bytes it must be sound: it is written, and read back the same.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from annotator.core.text.article import Article, canonical, read_article
from annotator.formats.exporting import export_files
from annotator.formats.format import Format, Imported
from annotator.formats.import_writer import Arrivals
from annotator.formats.table import FORMATS as TABLE
from annotator.storage.articles_in.kinds import KINDS
from annotator.storage.check.check import check_files, files_in
from annotator.storage.files.annotation_file import document_bytes, document_errors, parse_document
from annotator.storage.files.article_header import header_bytes, header_errors, parse_header
from annotator.storage.files.source_file import parse_registry, registry_bytes, registry_errors
from annotator.storage.shipped.resources import seeds_path
from tests.checked import check_file

Read = Callable[[bytes], None]


class Sample(NamedTuple):
    """A sound file, and the kind (see `mutating.KINDS`) as which it is spoilt."""

    kind: str
    data: bytes


# Our own files


def _annotation_file(data: bytes) -> None:
    """The folder of the seed article with these bytes for its tagging."""
    _check_beside_the_article("annotations/corea-del-nord.anna.yaml", data)
    list(map(str, document_errors(data, "a.yaml")))
    document = parse_document(data, "a.yaml")
    assert parse_document(document_bytes(document), "b.yaml") == document


def _sources(data: bytes) -> None:
    _check_beside_the_article("sources.yaml", data)
    list(map(str, registry_errors(data, "sources.yaml")))
    registry = parse_registry(data, "sources.yaml")
    assert parse_registry(registry_bytes(registry), "sources.yaml") == registry


def _article_header(data: bytes) -> None:
    _check_beside_the_article("corea-del-nord.article.yaml", data)
    list(map(str, header_errors(data, "a.article.yaml")))
    header = parse_header(data, "a.article.yaml")
    assert parse_header(header_bytes(header), "b.article.yaml") == header


def _check_beside_the_article(name: str, data: bytes) -> None:
    """A check never raises, whatever the file holds."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "annotations").mkdir()
        (folder / "corea-del-nord.txt").write_bytes(_seed_article())
        (folder / name).write_bytes(data)
        list(map(str, check_file(folder / name, with_problems=True)))


# Articles


def _article(kind: str, data: bytes) -> None:
    """What is found in a file of this kind, as the article of a folder."""
    read = next(one.read for one in KINDS if one.name == kind)
    found = read(data, "a", None)
    article = Article(canonical(found.text, "a"))
    assert read_article(article.text.encode(), "a") == article
    for said in (found.title, found.byline, found.date, found.language, found.address):
        assert said is None or said.encode()


# Imports


def _import(form: Format, data: bytes) -> None:
    """A file of this format beside the seed article, imported into a folder that has it."""
    assert form.read
    with tempfile.TemporaryDirectory() as place:
        folder, path = Path(place) / "into", Path(place) / f"corea-del-nord.anna{form.suffixes[0]}"
        folder.mkdir()
        for one in (folder, path.parent):
            (one / "corea-del-nord.txt").write_bytes(_seed_article())
        path.write_bytes(data)
        found = list(form.read(path, _found_by_hash))
        with _own_data(Path(place) / "data"):
            Arrivals(folder, None, str).take(found)
        if any(isinstance(one, Imported) for one in found):
            _check(folder)


@contextmanager
def _own_data(place: Path) -> Iterator[None]:
    """Backups are kept here, and not among the user's."""
    before = os.environ.get("ANNOTATOR_DATA_DIR")
    os.environ["ANNOTATOR_DATA_DIR"] = str(place)
    try:
        yield
    finally:
        os.environ.pop("ANNOTATOR_DATA_DIR")
        if before is not None:
            os.environ["ANNOTATOR_DATA_DIR"] = before


def _check(folder: Path) -> None:
    report = check_files(files_in([folder]), lambda _: None)
    broken = [one for one in report.found if one.code in ("format", "unreadable")]
    assert broken == []


def _found_by_hash(sha256: str) -> Article | None:
    article = read_article(_seed_article(), "corea-del-nord.txt")
    return article if sha256 == article.sha256 else None


# Samples


@cache
def _seed_article() -> bytes:
    return (seeds_path() / "corea-del-nord.txt").read_bytes()


def _exported(form: Format) -> bytes:
    """The seed tagging in a format; of several files the one that is read."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "out"
        out.mkdir()
        files = [seeds_path() / "annotations" / "corea-del-nord.anna.yaml"]
        export_files(form, files, out, lambda _: None, alone=True)
        (path,) = (one for one in out.rglob("*") if one.name.endswith(form.suffixes))
        return path.read_bytes()


_HEADER = """\
format: article-header/1
sha256: {sha256}
length: {length}
title: "La Corea del Nord conferma"
date: "2025-04-28"
byline: "Anna Rossi"
language: it
address: "https://news.example/corea-del-nord"
original:
  file: "corea-del-nord.html"
  sha256: {sha256}
  kind: html
  encoding: windows-1252
"""


def _sound_header() -> bytes:
    article = read_article(_seed_article(), "corea-del-nord.txt")
    return _HEADER.format(sha256=article.sha256, length=len(article.text)).encode()


def _word() -> bytes:
    import docx

    document, file = docx.Document(), BytesIO()
    document.core_properties.title = "La Corea del Nord conferma"
    document.core_properties.author = "Anna Rossi"
    for paragraph in _seed_article().decode().split("\n\n"):
        document.add_paragraph(paragraph)
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "Paese"
    document.save(file)
    return file.getvalue()


def _page() -> str:
    from tests.storage.articles_in.files import PAGE

    paragraphs = "".join(f"<p>{one}</p>" for one in _seed_article().decode().split("\n\n"))
    return PAGE.replace("</article>", f"{paragraphs}</article>")


def _mail() -> bytes:
    from tests.storage.articles_in.files import mail

    return mail(_seed_article().decode(), _page())


def _pdf() -> bytes:
    from tests.storage.articles_in.pages import pdf, rows

    lines = [(one[:50], one[50:95]) for one in _seed_article().decode("utf-8").split("\n")]
    return pdf(rows(*((_latin(left), _latin(right)) for left, right in lines)))


def _latin(words: str) -> str:
    plain = words.encode("cp1252", "replace").decode("cp1252")
    return plain.translate(str.maketrans("()\\", "[]/"))


_IMPORTED = {form.name: form for form in TABLE if form.read}
_MUTATED_AS = {
    "jsonl": "json lines",
    "doccano": "json lines",
    "jsonld": "json",
    "cas-json": "json",
    "label-studio": "json",
}

FORMATS: dict[str, Read] = {
    "annotation file": _annotation_file,
    "sources": _sources,
    "article header": _article_header,
    **{f"article in {one.name}": partial(_article, one.name) for one in KINDS},
    **{f"import of {name}": partial(_import, form) for name, form in _IMPORTED.items()},
}
"""The readers by what they read."""


@cache
def samples() -> dict[str, Sample]:
    """A sound file for each of `FORMATS`."""
    text, files = _seed_article(), seeds_path()
    found = {
        "annotation file": Sample(
            "text", (files / "annotations" / "corea-del-nord.boris.yaml").read_bytes()
        ),
        "sources": Sample("text", (files / "sources.yaml").read_bytes()),
        "article header": Sample("text", _sound_header()),
        "article in text": Sample("text", text),
        "article in markdown": Sample("text", b"# La Corea\n\n" + text),
        "article in html": Sample("text", _page().encode()),
        "article in word": Sample("zip", _word()),
        "article in pdf": Sample("pdf", _pdf()),
        "article in mail": Sample("text", _mail()),
    }
    for name, form in _IMPORTED.items():
        kind = _MUTATED_AS.get(name, "text")
        found[f"import of {name}"] = Sample(kind, _exported(form))
    return found
