"""UIMA CAS, which INCEpTION opens: as XMI with its type system, and as JSON."""

from __future__ import annotations

from annotator.formats.cas.reader import JSON, XMI, read_json_cas, read_xmi
from annotator.formats.cas.writer import write_json, write_xmi
from annotator.formats.format import Format, Result

AS_XMI = Format(
    name="cas-xmi",
    title=XMI,
    suffixes=(".xmi",),
    result=Result.FOLDER,
    write=write_xmi,
    read=read_xmi,
    loses=("texts with control characters, which XML has not",),
)

AS_JSON = Format(
    name="cas-json",
    title=JSON,
    suffixes=(".json",),
    result=Result.FILE_EACH,
    write=write_json,
    read=read_json_cas,
)
