"""How the page labels tags: by the names and colours of their sources."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor

from annotator.core.chains.who_says import DECISIONS, chip_words
from annotator.core.model import Annotation, addressed
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.page.layers import LayerMark
from annotator.ui.sources.colours import shade
from annotator.ui.theme import Theme


class SourceLabels:
    """The page's `TagLabels` from a registry, asked for each time: its sources may change."""

    def __init__(self, registry: Callable[[], Registry]) -> None:
        self._registry = registry

    def chip_words(self, tagging: Tagging, annotation: Annotation) -> str:
        """The chain of an attribution, or that there is no source; empty for all else."""
        return chip_words(tagging, self._registry(), annotation)

    def chip_color(self, annotation: Annotation, theme: Theme) -> QColor | None:
        """The colour of an attribution's source, if it has one."""
        colour = self._registry().colour(annotation.source)
        return shade(colour, theme) if colour else None

    def mark_words(self, mark: LayerMark) -> str:
        """Who has tagged words so, and as what: "anna and boris: attribution, KCNA"."""
        names = " and ".join(addressed(of)[0] for of in mark.addresses)
        annotation = mark.annotation
        decided = DECISIONS[annotation.unattributed] if annotation.unattributed else ""
        source = self._registry().label(annotation.source) if annotation.source else decided
        return f"{names}: {', '.join(filter(None, (annotation.kind, source)))}"
