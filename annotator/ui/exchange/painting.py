"""What writes the formats that are painted."""

from __future__ import annotations

from dataclasses import replace

from annotator.formats.format import Format
from annotator.formats.painted import PDF, PNG
from annotator.ui.exchange.picture import write_pictures
from annotator.ui.exchange.report_pdf import write_pdfs

_WRITERS = {PDF.name: write_pdfs, PNG.name: write_pictures}


def painting(form: Format) -> Format:
    """A format that ``paints``, with what writes it."""
    return replace(form, write=_WRITERS[form.name])
