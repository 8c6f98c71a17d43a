"""The inspector: everything about the selected annotation, and its fields to change."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFormLayout, QWidget

from annotator.core.chains.chain import chain
from annotator.core.chains.who_says import DECISIONS, chain_words, chains_of
from annotator.core.model import Annotation, Certainty, Kind, Span, Stance, Unattributed
from annotator.core.sources import Registry
from annotator.core.tagging import Tagging
from annotator.ui.inspector.links import Link, Links, link_to_words
from annotator.ui.theme import Theme, palette
from annotator.ui.widgets.boxes import in_column
from annotator.ui.widgets.choices import Choice, OpenChoice
from annotator.ui.widgets.plain import PlainLabel
from annotator.ui.widgets.quiet import heading, quieted
from annotator.ui.widgets.tab_order import stop_after, stop_before

T = TypeVar("T")

NOTHING = "Nothing selected"
NOT_OPEN = "Nothing open"
WAYS_ON = "Ctrl+O opens a folder of articles."
INVITATION = "Select words and press 1 claim, 2 quote, 3 attribution."

HELD_PIXELS, HELD_LINES = 182, 12
"""The height of all fields of an attribution, two of them with a second line: pixels of their
frames, and lines of text. It is kept when fewer are shown.
"""

# The first choice is the default, which files leave out.
STANCES: dict[Stance | None, str] = {
    None: Stance.REPORTS,
    **{stance: stance for stance in Stance if stance is not Stance.REPORTS},
}
CERTAINTIES: dict[Certainty | None, str] = {
    None: Certainty.SURE,
    Certainty.UNSURE: Certainty.UNSURE,
}
UNATTRIBUTED: dict[Unattributed | None, str] = {
    None: "—",
    **{decision: DECISIONS[decision] for decision in Unattributed},
}


class Inspector(QWidget):
    """Shows one annotation; what the user wants of it comes out as signals with its id."""

    note_edited = Signal(str, str)
    certainty_chosen = Signal(str, object)
    stance_chosen = Signal(str, object)
    unattributed_chosen = Signal(str, object)
    source_wanted = Signal(str)
    unlink_wanted = Signal(str, str)
    go_to = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Inspector")
        self._annotation: Annotation | None = None
        self._tagging: Tagging | None = None
        self._held = 0
        self._heading = heading(NOT_OPEN)
        self._invitation = quieted(PlainLabel(WAYS_ON))
        self._invitation.setWordWrap(True)
        self._fields: QWidget | None = None
        parts = self._heading, self._invitation, 1
        self._box = in_column(*parts, inside=self, around=(12, 12, 12, 8), gap=8)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self.setPalette(palette(theme))

    def show_annotation(
        self,
        annotation: Annotation | None,
        tagging: Tagging,
        registry: Registry,
        read_only: str | None = None,
    ) -> None:
        """Show an annotation, or how to begin; never emits what the user did not type.

        ``read_only`` is the sentence why nothing may be changed; then it is shown, too. A note
        that was being typed for another annotation is committed to that one.
        """
        before, self._annotation = self._annotation, annotation
        here, self._tagging = tagging is self._tagging, tagging
        same = here and bool(before and annotation and before.id == annotation.id)
        typed = self._typed_note(before, tagging) if before and here and not same else None
        self._heading.setText(annotation.kind.capitalize() if annotation else NOTHING)
        self._invitation.setText(read_only or INVITATION)
        self._invitation.setVisible(annotation is None or read_only is not None)
        self._fit_invitation()
        if self._fields is None and annotation:
            self._fields = self._make_fields()
        if self._fields:
            self._fields.setVisible(annotation is not None)
        if annotation:
            show_note = self.note.follow if same else self.note.show_note
            show_note(annotation.note or "")
            self._show_fields(annotation, tagging, registry)
            self._set_editable(read_only is None)
            self._hold_height()
        # Last, since whoever takes the note may come back to show what became of it.
        if before and typed is not None:
            self.note_edited.emit(before.id, typed)

    def commit_note(self) -> None:
        """Hand over the note being typed, if any; to be called before saving or leaving.

        It counts as typed until the annotation is shown with it.
        """
        if self._annotation and self.note.is_edited:
            self.note_edited.emit(self._annotation.id, self.note.toPlainText().strip())

    def focus_note(self) -> None:
        """Go and write a note."""
        if self._annotation:
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, which no field wants for itself, leads back to the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.commit_note()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self._held))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_invitation()

    # Laying out

    def _hold_height(self) -> None:
        """From the first tag on the lists below stay where they are, whatever is selected."""
        self._held = HELD_PIXELS + HELD_LINES * self.fontMetrics().lineSpacing()
        self.updateGeometry()

    def _fit_invitation(self) -> None:
        """Ask for the height of the wrapped sentence; the splitter around would not."""
        margins = self.contentsMargins() + self._box.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        self._invitation.setMinimumHeight(self._invitation.heightForWidth(width))

    def _make_fields(self) -> QWidget:
        """All fields, made for the first tag that is shown, where nothing has waited for them."""
        from annotator.ui.widgets.text_fields import NoteField, WordsField

        self.text = WordsField("Text")
        self.source = OpenChoice("Source")
        self.via = Links("Via", "directly")
        self.stance = Choice("Stance", STANCES)
        self.mention = WordsField("Mention", 2)
        self.cue = WordsField("Cue", 2)
        self.said_by = Links("Said by", "undecided")
        self.unattributed = Choice("Unattributed", UNATTRIBUTED)
        self.certainty = Choice("Certainty", CERTAINTIES)
        self.content = Links("Content", "nothing yet")
        self.note = NoteField()
        fields = QWidget()
        self._form = self._lay_out_fields(fields)
        self._connect()
        before = stop_before(self)
        self._box.insertWidget(self._box.indexOf(self._invitation) + 1, fields)
        stop_after(before, fields)
        return fields

    def _lay_out_fields(self, fields: QWidget) -> QFormLayout:
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(8)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        parts = (self.text, self.source, self.via, self.stance, self.mention, self.cue)
        more = (self.said_by, self.unattributed, self.certainty, self.content, self.note)
        for field in (*parts, *more):
            label = quieted(PlainLabel(field.accessibleName()))
            # As wide as the widest, so that the fields stay where they are from kind to kind.
            label.setMinimumWidth(self.fontMetrics().horizontalAdvance("Unattributed"))
            form.addRow(label, field)
        return form

    def _connect(self) -> None:
        self.stance.picked.connect(lambda value: self._emit(self.stance_chosen, value))
        self.certainty.picked.connect(lambda value: self._emit(self.certainty_chosen, value))
        self.unattributed.picked.connect(lambda value: self._emit(self.unattributed_chosen, value))
        self.source.clicked.connect(lambda: self._emit(self.source_wanted))
        self.note.committed.connect(self.commit_note)
        for links in (self.via, self.content, self.said_by):
            links.go_to.connect(self.go_to)
            links.unlink_wanted.connect(lambda other: self._emit(self.unlink_wanted, other))

    def _emit(self, signal: SignalInstance, *value: object) -> None:
        if self._annotation:
            signal.emit(self._annotation.id, *value)

    # Showing

    def _show_fields(self, annotation: Annotation, tagging: Tagging, registry: Registry) -> None:
        is_attribution = annotation.kind is Kind.ATTRIBUTION
        if is_attribution:
            self._show_attribution(annotation, tagging, registry)
        else:
            self._show_content(annotation, tagging, registry)
        self.text.show_words(annotation.words)
        self.certainty.show_value(_unless(annotation.certainty, Certainty.SURE))
        shown: dict[QWidget, bool] = {
            self.source: is_attribution,
            self.via: bool(annotation.via),
            self.stance: is_attribution,
            self.mention: bool(annotation.mention),
            self.cue: bool(annotation.cue),
            self.said_by: not is_attribution,
            self.unattributed: not is_attribution,
            self.content: is_attribution,
        }
        for field, visible in shown.items():
            self._form.setRowVisible(field, visible)

    def _show_attribution(
        self, annotation: Annotation, tagging: Tagging, registry: Registry
    ) -> None:
        self.source.show_words(_source_words(registry, annotation.source))
        self.stance.show_value(_unless(annotation.stance, Stance.REPORTS))
        self.mention.show_words(_words(annotation.mention))
        self.cue.show_words(_words(annotation.cue))
        behind = chain(tagging, annotation)[1:2]
        self.via.show_links(_link_to_chain(tagging, registry, one) for one in behind)
        content = (found for i in annotation.content if (found := tagging.get(i)))
        self.content.show_links(map(link_to_words, content))

    def _show_content(self, annotation: Annotation, tagging: Tagging, registry: Registry) -> None:
        self.unattributed.show_value(annotation.unattributed)
        said_by = (links[0] for links in chains_of(tagging, annotation))
        own = tagging.linked(annotation.id)
        links = (_link_to_chain(tagging, registry, one, own=one in own) for one in said_by)
        decision = annotation.unattributed
        self.said_by.show_links(links, DECISIONS[decision] if decision else "undecided")

    def _typed_note(self, annotation: Annotation, tagging: Tagging) -> str | None:
        """What was typed for an annotation that is left now, if it is still there to take it."""
        kept = annotation.id in tagging and self.note.is_edited
        return self.note.toPlainText().strip() if kept else None

    def _set_editable(self, editable: bool) -> None:
        for field in (self.source, self.stance, self.unattributed, self.certainty):
            field.setEnabled(editable)
        for links in (self.via, self.said_by, self.content):
            links.set_editable(editable)
        self.note.setReadOnly(not editable)


def _unless(value: T, default: T) -> T | None:
    """A default that a file spells out is shown like one that it leaves out."""
    return None if value == default else value


def _words(spans: tuple[Span, ...]) -> str:
    return " … ".join(span.exact for span in spans)


def _source_words(registry: Registry, source_id: str | None) -> str:
    source = registry.by_id.get(source_id or "")
    label = registry.label(source_id)
    return " · ".join(filter(None, (label, source.about))) if source else label


def _link_to_chain(
    tagging: Tagging, registry: Registry, attribution: Annotation, *, own: bool = True
) -> Link:
    words = chain_words(tagging, registry, attribution)
    return Link(attribution.id, attribution.kind, words, own)
