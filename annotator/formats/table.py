"""The table of formats: command line, menus and file dialogs are made from it.

Those that are painted with Qt are added by the window (see `ui.formats`).
"""

from __future__ import annotations

from importlib.util import find_spec

from annotator.core.errors import StorageError
from annotator.formats import (
    bio_columns,
    brat,
    cas,
    csv_rows,
    doccano,
    jsonl_rows,
    jsonld,
    label_studio,
    parquet_rows,
    report_html,
    tei,
    word,
)
from annotator.formats.format import Format
from annotator.storage.extras import install_line

FORMATS: tuple[Format, ...] = (
    csv_rows.FORMAT,
    jsonl_rows.FORMAT,
    parquet_rows.FORMAT,
    jsonld.FORMAT,
    brat.FORMAT,
    tei.FORMAT,
    cas.AS_XMI,
    cas.AS_JSON,
    label_studio.FORMAT,
    doccano.FORMAT,
    bio_columns.FORMAT,
    report_html.FORMAT,
    word.FORMAT,
)


def refuse_missing(form: Format) -> None:
    """Raise `StorageError`, with what to install, where the format's extra is missing."""
    if form.needs and form.extra and not find_spec(form.needs):
        raise StorageError(
            f"{form.title} needs an extra that is not installed; "
            f"install it with: {install_line(form.extra)}"
        )
