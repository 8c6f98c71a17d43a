"""Other people's tags on the page: thinner than one's own, each with its annotator's digit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QRectF

from annotator.core.chains.lanes import assign_lanes
from annotator.core.model import Annotation, address
from annotator.core.tagging import Tagging
from annotator.ui.page.lanes import TagPiece
from annotator.ui.page.lines import TextLines


class TaggingLayer(NamedTuple):
    """The tagging of one annotator as it is to be seen on the page.

    ``digit`` is the annotator's key and sign; ``shown`` says of an id whether it is painted,
    and is asked for what is in view only.
    """

    digit: int
    annotator: str
    tagging: Tagging
    shown: Callable[[str], bool] = lambda annotation_id: True


class LayerMark(NamedTuple):
    """What one or more annotators have tagged alike: its looks, and whose it is.

    ``annotation`` is the first one's, with its address (``anna#c-8r3tdw``) for an id.
    """

    annotation: Annotation
    digits: tuple[int, ...]
    addresses: tuple[str, ...]

    @property
    def label(self) -> str:
        """The digits of those who tagged it: "1 2"."""
        return " ".join(map(str, self.digits))


class LayerPiece(NamedTuple):
    """What a mark covers of one line; ``begins`` where the label of a fragment has its place."""

    mark: LayerMark
    lane: int
    box: QRectF
    begins: bool


class Layers:
    """The layers that are shown, asked by place; those who agree exactly are one mark."""

    def __init__(self, layers: Iterable[TaggingLayer] = ()) -> None:
        self._layers = tuple(layers)

    def __bool__(self) -> bool:
        return bool(self._layers)

    def between(self, start: int, end: int) -> list[LayerMark]:
        """The marks that overlap ``[start, end)`` code points, in text order by annotator."""
        alike: dict[object, list[tuple[TaggingLayer, Annotation]]] = {}
        for layer in self._layers:
            for annotation in layer.tagging.between(start, end):
                if layer.shown(annotation.id):
                    alike.setdefault(_looks(annotation), []).append((layer, annotation))
        return [_mark(group) for group in alike.values()]


def _looks(annotation: Annotation) -> object:
    """All that two annotations must share to be painted as one."""
    places = tuple((span.start, span.end) for span in annotation.spans)
    return annotation.kind, places, annotation.source, annotation.unattributed


def _mark(group: Sequence[tuple[TaggingLayer, Annotation]]) -> LayerMark:
    addresses = tuple(address(layer.annotator, found.id) for layer, found in group)
    annotation = replace(group[0][1], id=addresses[0])
    return LayerMark(annotation, tuple(layer.digit for layer, _ in group), addresses)


def layer_pieces(lines: TextLines, marks: list[LayerMark], own: list[TagPiece]) -> list[LayerPiece]:
    """The pieces of ``marks`` on the lines of a paragraph, in lanes below its ``own`` tags."""
    taken = {piece.annotation.id: (piece.annotation, piece.lane) for piece in own}
    lanes = assign_lanes([mark.annotation for mark in marks], taken.values())
    from_right = lines.from_right
    return [
        LayerPiece(mark, lanes[mark.annotation.id], box, nth == first)
        for mark in marks
        for span in mark.annotation.spans
        for boxes in [list(lines.boxes([(span.start, span.end)]))]
        for first in [_beginning(boxes, from_right)]
        for nth, box in enumerate(boxes)
    ]


def _beginning(boxes: list[QRectF], from_right: bool) -> int:
    """The box in which a reader meets the words first; -1 where there is none."""
    if not boxes:
        return -1
    top = min(box.top() for box in boxes)
    uppermost = [nth for nth, box in enumerate(boxes) if box.top() == top]
    side = max if from_right else min
    return side(uppermost, key=lambda nth: boxes[nth].left())
