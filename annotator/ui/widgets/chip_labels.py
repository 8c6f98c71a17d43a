"""In whose colour the words stand that are in the margin beside a tag."""

from __future__ import annotations

from PySide6.QtGui import QColor

from annotator.core.model import Annotation
from annotator.core.sources import Registry
from annotator.ui.sources.colours import shade
from annotator.ui.theme import Theme


def chip_color(registry: Registry, theme: Theme, annotation: Annotation) -> QColor | None:
    """The colour of an attribution's source, if it has one."""
    colour = registry.colour(annotation.source)
    return shade(colour, theme) if colour else None
