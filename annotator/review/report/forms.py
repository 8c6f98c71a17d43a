"""The forms in which a comparison can be had."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from annotator.core.errors import StorageError
from annotator.review.compare.folders import Comparison
from annotator.review.report.data import as_csv, as_json
from annotator.review.report.html_page import as_html
from annotator.review.report.text import as_text
from annotator.storage.disk.contents import printable

_WIDTH = 100
"""Columns where there is no screen to fill."""

_OTHERS = {"pdf", "docx", "doc", "odt", "rtf", "xlsx", "xls", "ods", "tsv", "xml", "png", "svg"}
"""Endings that promise what text is not."""

_FORMS = {"html": as_html, "csv": as_csv, "json": as_json}


def form_of(file: Path | None) -> str:
    """The form that the name of a file asks for; text where it asks for none.

    Raises `StorageError` for a name that asks for a form that there is not.
    """
    suffix = file.suffix[1:].lower() if file else ""
    if suffix in _OTHERS:
        forms = f"{', '.join(f'.{form}' for form in _FORMS)} or .txt"
        raise StorageError(f"{file}: a comparison is not written as {suffix}; name it {forms}.")
    return suffix if suffix in _FORMS else "text"


def as_form(comparison: Comparison, form: str, *, on_screen: bool = False) -> str:
    """The comparison as text, html, csv or json; text as wide and colourful as the screen is."""
    if form in _FORMS:
        return printable(_FORMS[form](comparison))
    width = shutil.get_terminal_size().columns if on_screen else _WIDTH
    colour = on_screen and "NO_COLOR" not in os.environ
    return printable(as_text(comparison, width=width, colour=colour))
