"""The table of formats: command line, menus and file dialogs are made from it.

Those that are painted are written by the window (see `formats.painted`).
"""

from __future__ import annotations

from importlib.util import find_spec

from annotator.core.errors import StorageError
from annotator.formats.brat.format import FORMAT as BRAT
from annotator.formats.cas.format import AS_JSON, AS_XMI
from annotator.formats.format import Format
from annotator.formats.jsonld.format import FORMAT as JSON_LD
from annotator.formats.markup.tei import FORMAT as TEI
from annotator.formats.painted import PDF, PNG
from annotator.formats.regions.doccano import FORMAT as DOCCANO
from annotator.formats.regions.label_studio import FORMAT as LABEL_STUDIO
from annotator.formats.reports.html_page import FORMAT as HTML
from annotator.formats.reports.word import FORMAT as WORD
from annotator.formats.tables.bio_columns import FORMAT as BIO
from annotator.formats.tables.csv_rows import FORMAT as CSV
from annotator.formats.tables.jsonl_rows import FORMAT as JSON_LINES
from annotator.formats.tables.parquet_rows import FORMAT as PARQUET
from annotator.storage.shipped.extras import install_line

FORMATS: tuple[Format, ...] = (
    CSV,
    JSON_LINES,
    PARQUET,
    JSON_LD,
    BRAT,
    TEI,
    AS_XMI,
    AS_JSON,
    LABEL_STUDIO,
    DOCCANO,
    BIO,
    HTML,
    WORD,
    PDF,
    PNG,
)


def writable() -> list[Format]:
    """Those that tagging can be exported to."""
    return [form for form in FORMATS if form.write or form.paints]


def readable() -> list[Format]:
    """Those that tagging can be imported from."""
    return [form for form in FORMATS if form.read]


def refuse_missing(form: Format) -> None:
    """Raise `StorageError`, with what to install, where the format's extra is missing."""
    if form.needs and form.extra and not find_spec(form.needs):
        raise StorageError(
            f"{form.title} needs an extra that is not installed; "
            f"install it with: {install_line(form.extra)}"
        )
