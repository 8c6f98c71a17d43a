"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/): out and back without loss."""

from __future__ import annotations

from annotator.formats.format import Format, Result
from annotator.formats.jsonld.reader import TITLE, read
from annotator.formats.jsonld.writer import write

FORMAT = Format(
    name="jsonld",
    title=TITLE,
    suffixes=(".jsonld",),
    result=Result.FILE_EACH,
    write=write,
    read=read,
)
