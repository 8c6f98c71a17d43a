"""All formats: those of the table, and those that only the window can paint."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.formats.format import Format, Left, Put, Result, Tagged
from annotator.formats.table import FORMATS


def _write_pictures(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    # Qt is drawn in only where something is painted: the table must be there without it.
    from annotator.ui.exchange.picture import write_pictures

    return write_pictures(files, put)


def _write_pdfs(files: Iterable[Tagged], put: Put) -> Iterable[Left]:
    from annotator.ui.exchange.report_pdf import write_pdfs

    return write_pdfs(files, put)


PAINTED: tuple[Format, ...] = (
    Format(
        name="pdf",
        title="PDF report",
        suffixes=(".pdf",),
        result=Result.FILE_EACH,
        write=_write_pdfs,
        loses=("the article's note", "answers to problems", "a review's decisions", "x- keys"),
        paints=True,
    ),
    Format(
        name="png",
        title="PNG picture",
        suffixes=(".png",),
        result=Result.FILE_EACH,
        write=_write_pictures,
        loses=("whatever a page does not show",),
        paints=True,
    ),
)

ALL: dict[str, Format] = {form.name: form for form in (*FORMATS, *PAINTED)}
"""Every format by the name that it has on the command line."""


def writable() -> list[Format]:
    """Those that tagging can be exported to."""
    return [form for form in ALL.values() if form.write]


def readable() -> list[Format]:
    """Those that tagging can be imported from."""
    return [form for form in ALL.values() if form.read]
