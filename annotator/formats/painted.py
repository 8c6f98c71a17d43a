"""The formats that the window paints, as far as they can be told of without it.

What writes them needs Qt: `ui.exchange.painting` has it, for whoever exports to one of them.
"""

from __future__ import annotations

from annotator.formats.format import Format, Result
from annotator.formats.reports.report import NOT_ON_A_PAGE

PDF = Format(
    name="pdf",
    title="PDF report",
    suffixes=(".pdf",),
    result=Result.FILE_EACH,
    loses=NOT_ON_A_PAGE,
    paints=True,
)
PNG = Format(
    name="png",
    title="PNG picture",
    suffixes=(".png",),
    result=Result.FILE_EACH,
    loses=("whatever a page does not show",),
    paints=True,
)
