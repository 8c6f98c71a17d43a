"""The forms in which a comparison can be had."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from annotator.review.compare.folders import Comparison
from annotator.review.report.data import as_csv, as_json
from annotator.review.report.html_page import as_html
from annotator.review.report.text import as_text
from annotator.storage.disk.contents import printable

_WIDTH = 100
"""Columns where there is no screen to fill."""

_FORMS = {"html": as_html, "csv": as_csv, "json": as_json}


def form_of(file: Path | None) -> str:
    """The form that the name of a file asks for; text where it asks for none."""
    suffix = file.suffix[1:].lower() if file else ""
    return suffix if suffix in _FORMS else "text"


def as_form(comparison: Comparison, form: str, *, on_screen: bool = False) -> str:
    """The comparison as text, html, csv or json; text as wide and colourful as the screen is."""
    if form in _FORMS:
        return printable(_FORMS[form](comparison))
    width = shutil.get_terminal_size().columns if on_screen else _WIDTH
    colour = on_screen and "NO_COLOR" not in os.environ
    return printable(as_text(comparison, width=width, colour=colour))
