"""brat standoff (https://brat.nlplab.org): out and back without loss, and in from corpora."""

from __future__ import annotations

from annotator.formats.brat.reader import TITLE, read
from annotator.formats.brat.writer import write
from annotator.formats.format import Format, Result

FORMAT = Format(
    name="brat", title=TITLE, suffixes=(".ann",), result=Result.FOLDER, write=write, read=read
)
