"""What stands in the margin beside a tag, and in whose colour."""

from __future__ import annotations

from PySide6.QtGui import QColor

from annotator.core.model import Annotation, Kind
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.sources.colours import shade
from annotator.ui.theme import Theme
from annotator.ui.widgets.parts import DECISIONS
from annotator.ui.widgets.status_bar import chain_sentence


def chip_words(tagging: Tagging, registry: Registry, annotation: Annotation) -> str:
    """The chain of an attribution, or that there is no source; empty for all else."""
    if annotation.kind is Kind.ATTRIBUTION:
        return chain_sentence(tagging, registry, annotation)
    return DECISIONS[annotation.unattributed] if annotation.unattributed else ""


def chip_color(registry: Registry, theme: Theme, annotation: Annotation) -> QColor | None:
    """The colour of an attribution's source, if it has one."""
    colour = registry.colour(annotation.source)
    return shade(colour, theme) if colour else None
