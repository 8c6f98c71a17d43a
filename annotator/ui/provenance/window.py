"""The provenance picture of the open article, in a window of its own beside the text."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QDialog, QGraphicsScene

from annotator.core.chains.provenance import Fold, provenance
from annotator.core.tagging import Tagging
from annotator.storage.disk.outputs import Outputs
from annotator.ui.desk import Desk
from annotator.ui.exchange import picture
from annotator.ui.exchange.output_place import OutputPlace
from annotator.ui.ports import TextView
from annotator.ui.provenance.scene import ProvenanceScene
from annotator.ui.provenance.view import READABLE, ZOOM_STEP, ProvenanceView
from annotator.ui.tagging.navigation import go_to
from annotator.ui.talk import Talk
from annotator.ui.theme import LIGHT, Theme
from annotator.ui.widgets.boxes import TIGHT, in_column, in_row, push_button
from annotator.ui.widgets.choices import Choice
from annotator.ui.widgets.plain import PlainLabel

SOON_MS = 150
"""After a change; several in a row are drawn once."""

SCALE = 2.0
"""Pixels of a PNG to a pixel of the screen."""

GUIDE = "What is said → who says so → through whom → this article"
FOLDS = {None: "folded if many"} | {fold: fold.value for fold in Fold}


class ProvenanceWindow(QDialog):
    """Shows the picture of the open article; it is drawn anew after a change while it is seen."""

    def __init__(self, desk: Desk, text: TextView, talk: Talk) -> None:
        super().__init__(talk.parent)
        self._desk, self._text, self._talk = desk, text, talk
        self._theme = LIGHT
        self._fold: Fold | None = None
        self.setModal(False)
        self.setWindowFlags(Qt.WindowType.Window)
        self.setWindowTitle("Provenance")
        self.view = ProvenanceView()
        self.guide = PlainLabel()
        self.guide.setAccessibleName("How to read the picture")
        self.guide.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.folds: Choice[Fold | None] = Choice("Claims and quotes", FOLDS)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.draw)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.folds.setMinimumWidth(160)
        label = PlainLabel("Claims and quotes")
        tools = in_row(label, self.folds, 1, around=(12, 8, 12, 8), gap=8)
        for words, hint, act in (
            ("−", "Smaller (-)", lambda: self.view.zoom(1 / ZOOM_STEP)),
            ("100 %", "Normal size (0)", self.view.normal_size),
            ("+", "Larger (+)", lambda: self.view.zoom(ZOOM_STEP)),
            ("Fit", "The whole picture (F)", self.view.fit),
            ("Save as…", "Save as SVG or PNG", lambda: self._talk.attempt(self.ask_and_save)),
        ):
            one = push_button(words, act)
            one.setToolTip(hint)
            one.setAccessibleName(hint)
            tools.addWidget(one)
        self.guide.setContentsMargins(12, 5, 12, 6)
        in_column(tools, (self.view, 1), self.guide, inside=self, around=TIGHT, gap=0)

    def _connect(self) -> None:
        desk = self._desk
        desk.opened.connect(self._draw_soon)
        desk.changed.connect(self._draw_soon)
        desk.selected_changed.connect(self._show_selected)
        self.folds.picked.connect(self._take_fold)
        self.view.picked.connect(lambda i: go_to(desk, self._text, i))
        self.view.entered.connect(self._to_the_text)

    def _draw_soon(self, _: object = None) -> None:
        if self.isVisible():
            self._soon.start(SOON_MS)

    def _show_selected(self) -> None:
        if self.isVisible():
            self.view.show_selected(self._desk.selected)

    def _take_fold(self, fold: Fold | None) -> None:
        self._fold = fold
        self.draw()
        self.view.fit(READABLE)

    def _to_the_text(self) -> None:
        self._talk.parent.activateWindow()
        self._text.setFocus()

    def draw(self) -> None:
        """Draw the tagging as it is now."""
        session = self._desk.session
        tagging = session.tagging if session else Tagging()
        found = provenance(tagging, self._desk.registry, self._fold)
        self.view.show_provenance(found, self._theme)
        self.view.show_selected(self._desk.selected)
        folded = "" if found.fold is Fold.EACH else f" · claims and quotes {found.fold}"
        self.guide.setText(f"{GUIDE}{folded}" if len(tagging) else "Nothing is tagged yet.")

    def present(self) -> None:
        """Show the picture, whole where it stays readable so."""
        self.draw()
        room = self._talk.parent.size() - QSize(80, 80)
        self.resize(room.boundedTo(QSize(1200, 760)))
        self.show()
        # So that the text can come before it.
        self.windowHandle().setTransientParent(None)  # type: ignore[arg-type]
        self.raise_()
        self.activateWindow()
        self.view.setFocus()
        self.view.fit(READABLE)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self._draw_soon()

    # Saving

    def ask_and_save(self) -> None:
        """Write the picture where the user says, as SVG or as PNG."""
        session, folder = self._desk.need_session(), self._desk.need_folder()
        name = f"{session.path.stem}.provenance"
        place = picture.ask_where(self, self._talk, folder.path, name, ".svg", ".png")
        if place:
            self.save(place)

    def save(self, place: OutputPlace) -> None:
        """Write the picture, PNG if the name says so, else SVG; raises `StorageError`."""
        path = place.path
        drawing = ProvenanceScene(self.view.provenance, self._theme)
        if path.suffix.lower() == ".png":
            picture.write(as_image(drawing), place)
        else:
            session = self._desk.session
            stem = session.path.stem if session else path.stem
            data = as_svg(drawing, f"Provenance of {stem}")
            Outputs(replace=place.replace).write(path, data)
        self._talk.hint(f"The picture is in {path}.")


def as_image(drawing: QGraphicsScene) -> QImage:
    """The drawing as pixels, two to a point where that is not more than a picture can be."""
    whole = drawing.sceneRect()
    scale = min(SCALE, picture.TALLEST / max(whole.width(), whole.height()))
    image = QImage((whole.size() * scale).toSize(), QImage.Format.Format_RGB32)
    image.fill(drawing.backgroundBrush().color())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter)
    painter.end()
    return image


def as_svg(drawing: QGraphicsScene, title: str) -> bytes:
    """The drawing as SVG; its words stay text, which can be searched and read out."""
    from PySide6.QtSvg import QSvgGenerator  # only here, so that no start waits for it

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    whole = QRectF(QPointF(0, 0), drawing.sceneRect().size())
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(QImage(1, 1, QImage.Format.Format_RGB32).logicalDpiX())
    generator.setSize(whole.size().toSize())
    generator.setViewBox(whole)
    generator.setTitle(title)
    painter = QPainter(generator)
    drawing.render(painter, whole)
    painter.end()
    return bytes(buffer.data().data())
