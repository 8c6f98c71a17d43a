"""The type system of our CAS files: one span layer, one relation layer, one note on the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cassis import TypeSystem

TAG = "custom.AttributionTag"
LINK = "custom.AttributionLink"
FILE = "custom.AttributionFile"
"""INCEpTION puts ``custom.`` before the names of layers that its users make."""

VALUES = ("source", "stance", "certainty", "unattributed", "note")

_STRING = "uima.cas.String"
_SPAN = "uima.tcas.Annotation"


def type_system() -> TypeSystem:
    """A fresh one; ``label`` is the kind of a tag, or ``mention`` or ``cue``."""
    from cassis import TypeSystem

    types = TypeSystem()
    tag, link, file = (types.create_type(name, _SPAN) for name in (TAG, LINK, FILE))
    for feature in ("label", *VALUES, "key", "rest"):
        types.create_feature(tag, feature, _STRING)
    types.create_feature(link, "label", _STRING)
    for end in ("Governor", "Dependent"):
        types.create_feature(link, end, tag)
    for feature in ("name", "head", "sources"):
        types.create_feature(file, feature, _STRING)
    return types
