"""The provenance drawing on the screen: zoomed, moved, and walked through by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsView

from annotator.core.chains.provenance import Key, Node, Provenance, Shape, provenance
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.provenance.items import NodeItem
from annotator.ui.provenance.scene import ProvenanceScene
from annotator.ui.theme import LIGHT, Theme

ZOOM_STEP = 1.2
SMALLEST, LARGEST = 0.1, 4.0
READABLE = 0.7
"""A picture opens whole, but not smaller than this."""


class ProvenanceView(QGraphicsView):
    """Shows the drawing. The current node is framed, and all ways through it light up.

    ``picked`` names an annotation of the current node, to be shown in the text; ``entered``
    says that the keyboard is to follow.
    """

    picked = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.provenance = provenance(Tagging(), Registry())
        self.drawing = ProvenanceScene(self.provenance, LIGHT)
        self.current: Key | None = None
        self._selected = ""
        self._hovered: Key | None = None
        self._pressed_at = QPoint()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Provenance picture")

    # What is shown

    def show_provenance(self, found: Provenance, theme: Theme) -> None:
        """Draw another graph; the current node stays current if it is still there."""
        self.provenance = found
        self.drawing = ProvenanceScene(found, theme)
        self.setScene(self.drawing)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._frame(self.current if self._item(self.current) else None)

    def show_selected(self, annotation_id: str) -> None:
        """Make the node current that shows the annotation selected in the text."""
        self._selected = annotation_id
        if key := self.provenance.key_of.get(annotation_id):
            self.make_current(key)

    def make_current(self, key: Key) -> None:
        """Frame a node, bring it into view, and say what it is."""
        self._frame(key)
        if item := self._item(key):
            self.ensureVisible(item, 40, 40)

    def _frame(self, key: Key | None) -> None:
        self.current = key
        self._light(key)
        item = self._item(key)
        self.setAccessibleDescription(sentence(item.node) if item else "")

    def _light(self, key: Key | None) -> None:
        nothing: tuple[frozenset[Key], frozenset[tuple[Key, Key]]] = frozenset(), frozenset()
        nodes, steps = self.provenance.through(key) if key else nothing
        self.drawing.light(nodes, steps, self.current)

    def _item(self, key: Key | None) -> NodeItem | None:
        return next((item for item in self.drawing.nodes if item.node.key == key), None)

    # Size

    def zoom(self, factor: float) -> None:
        """Make everything larger or smaller, within bounds."""
        now = self.transform().m11()
        wanted = min(LARGEST, max(SMALLEST, now * factor))
        self.scale(wanted / now, wanted / now)

    def normal_size(self) -> None:
        """As large as the words of the desktop."""
        self.zoom(1 / self.transform().m11())

    def fit(self, least: float = SMALLEST) -> None:
        """Show the whole picture, but neither larger than normal nor smaller than ``least``."""
        whole, room = self.sceneRect(), self.maximumViewportSize() - QSize(4, 4)
        share = min(room.width() / whole.width(), room.height() / whole.height(), 1.0)
        self.normal_size()
        self.zoom(max(least, share))
        self.centerOn(whole.topLeft() if share < least else whole.center())

    # Keys

    def focusNextPrevChild(self, forth: bool) -> bool:
        """Tab walks through the nodes, and on to the buttons behind the last."""
        return self._walk(1 if forth else -1) or super().focusNextPrevChild(forth)

    def _walk(self, step: int) -> bool:
        keys = [item.node.key for item in self.drawing.nodes]
        start = keys.index(self.current) if self.current else (-1 if step > 0 else len(keys))
        if 0 <= start + step < len(keys):
            self.make_current(keys[start + step])
            return True
        self._frame(None)
        return False

    def _follow(self, *, forth: bool) -> None:
        """Along the first step that leads on from the current node, or to it."""
        for step in self.provenance.steps:
            here, there = (step.start, step.end) if forth else (step.end, step.start)
            if here == self.current:
                self.make_current(there)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Plus: lambda: self.zoom(ZOOM_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom(ZOOM_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / ZOOM_STEP),
            Qt.Key.Key_0: self.normal_size,
            Qt.Key.Key_F: self.fit,
            Qt.Key.Key_Down: lambda: self._walk(1),
            Qt.Key.Key_Up: lambda: self._walk(-1),
            Qt.Key.Key_Right: lambda: self._follow(forth=True),
            Qt.Key.Key_Left: lambda: self._follow(forth=False),
            Qt.Key.Key_Return: self._enter,
            Qt.Key.Key_Enter: self._enter,
        }
        act = acts.get(Qt.Key(event.key()))
        if act:
            act()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self._pick():
            self.entered.emit()

    def _pick(self) -> bool:
        """Show an annotation of the current node in the text; the next one, if it is shown."""
        ids = self.provenance.ids_behind(self.current) if self.current else ()
        if not ids:
            return False
        nth = ids.index(self._selected) + 1 if self._selected in ids else 0
        self.picked.emit(ids[nth % len(ids)])
        return True

    # Mouse

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_STEP ** (event.angleDelta().y() / 120))
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        under = self.itemAt(event.position().toPoint())
        self._hover(under.node.key if isinstance(under, NodeItem) else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def _hover(self, key: Key | None) -> None:
        if key != self._hovered:
            self._hovered = key
            self._light(key or self.current)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        place = event.position().toPoint()
        under = self.itemAt(place)
        still = (place - self._pressed_at).manhattanLength() < QApplication.startDragDistance()
        if still and isinstance(under, NodeItem):
            self._frame(under.node.key)
            self._pick()


def sentence(node: Node) -> str:
    """A node as it is read out, as in ``source: KCNA, state media · KP, 2 tags``."""
    tags = f"{len(node.ids)} tags" if len(node.ids) > 1 else ""
    shape = "" if node.key.shape is Shape.FOLDED else f"{node.key.shape}: "
    return shape + ", ".join(filter(None, (node.label, node.detail, tags)))
