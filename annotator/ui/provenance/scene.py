"""The provenance of an article as a drawing: where each item goes, and which are lit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsScene

from annotator.core.chains.layering import Box, Point, layered
from annotator.core.chains.provenance import Key, Node, Provenance, ProvenanceStep, Shape
from annotator.ui.provenance.items import (
    LEAVES,
    PAD,
    Fonts,
    NodeItem,
    StepItem,
    TimesItem,
    before_words,
    curve,
    fonts,
    underlines,
)
from annotator.ui.theme import Theme

WIDEST = 320.0
"""Pixels of words in a box; longer ones are cut, the tool tip has them whole."""

MARGIN = 24.0

COLUMNS = {Shape.CLAIM: 0, Shape.QUOTE: 0, Shape.FOLDED: 0, Shape.ARTICLE: 2}
"""The first column for each shape; sources stand between what they say and the article."""


class ProvenanceScene(QGraphicsScene):
    """The whole drawing; ``nodes`` are its boxes, column by column from above."""

    def __init__(self, provenance: Provenance, theme: Theme) -> None:
        super().__init__()
        self.setBackgroundBrush(theme.page)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        letters = fonts()
        boxes = _boxes(provenance.nodes, letters)
        layout = layered(boxes, [(step.start, step.end) for step in provenance.steps])
        taken = list(zip(provenance.steps, layout.routes, strict=True))
        self.steps = [StepItem(step, route, theme) for step, route in taken]
        self.nodes: list[NodeItem] = []
        corners = layout.corners
        for node in sorted(
            provenance.nodes, key=lambda n: (layout.columns[n.key], corners[n.key].y)
        ):
            size = boxes[node.key]
            place = QRectF(*corners[node.key], size.width, size.height)
            self.nodes.append(NodeItem(node, place, theme, letters))
        self.times = list(_times(taken, theme, letters))
        for item in (*self.steps, *self.times, *self.nodes):
            self.addItem(item)
        whole = QRectF(0, 0, layout.width, layout.height)
        self.setSceneRect(whole.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))

    def light(
        self, nodes: frozenset[Key], steps: frozenset[tuple[Key, Key]], current: Key | None
    ) -> None:
        """Light up nodes and steps, and frame the current node."""
        for node in self.nodes:
            node.lit, node.current = node.node.key in nodes, node.node.key == current
        for step in self.steps:
            step.lit = step.step[:2] in steps
            step.setZValue(1 if step.lit else 0)
        self.update()


def _times(
    taken: list[tuple[ProvenanceStep, list[Point]]], theme: Theme, letters: Fonts
) -> Iterator[TimesItem]:
    """The numbers of steps taken more than once, each near the end that fewer steps share."""
    leaving = Counter(step.start for step, _ in taken)
    arriving = Counter(step.end for step, _ in taken)
    for step, route in taken:
        if step.times > 1:
            share = 0.25 if leaving[step.start] < arriving[step.end] else 0.7
            yield TimesItem(step.times, place_on(route, share), theme, letters)


def _boxes(nodes: Iterable[Node], letters: Fonts) -> dict[Key, Box]:
    """The size of each node; what is said is all of one width, as a list is."""
    boxes = {node.key: _box(node, letters) for node in nodes}
    widest = max((box.width for key, box in boxes.items() if key.shape in LEAVES), default=0.0)
    return {
        key: box._replace(width=widest) if key.shape in LEAVES else box
        for key, box in boxes.items()
    }


def _box(node: Node, letters: Fonts) -> Box:
    first, second = QFontMetricsF(letters.of(node.key.shape)), QFontMetricsF(letters.quiet)
    words = max(first.horizontalAdvance(node.label), second.horizontalAdvance(node.detail))
    lines = first.height() + (second.height() if node.detail else 0)
    height = lines + PAD + underlines(node.key.shape)
    column, leaf = COLUMNS.get(node.key.shape, 1), node.key.shape in LEAVES
    width = min(words, WIDEST) + before_words(node) + 2 * PAD + 1
    return Box(width, height, column, stays=leaf)


def place_on(route: list[Point], share: float) -> QPointF:
    """Where a step's number stands apart from those of others.

    A long step has a row of its own behind its first bend; a short one is met at ``share``.
    """
    bends = [(one, other) for one, other in pairwise(route) if one.y != other.y]
    first, last = bends[0] if bends else (route[-2], route[-1])
    if last != route[-1]:
        return QPointF(last.x + 12, last.y)
    return curve((first, last)).pointAtPercent(share)
