"""The inspector at work: it shows the selected tag, and what is changed in it is done."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core import edits
from annotator.core.change import Change
from annotator.core.link_edits import toggle_link
from annotator.core.model import Annotation
from annotator.ui.desk import Desk
from annotator.ui.inspector.inspector import Inspector
from annotator.ui.ports import TextView
from annotator.ui.talk import Talk

Verb = Callable[[Annotation], Change]


class Fields:
    """Follows the selected tag; ``ask_source`` asks for another source of it."""

    def __init__(
        self,
        desk: Desk,
        text: TextView,
        talk: Talk,
        inspector: Inspector,
        ask_source: Callable[[], object],
    ) -> None:
        self._desk, self._text, self._talk, self._inspector = desk, text, talk, inspector
        desk.opened.connect(self.show_selected)
        desk.changed.connect(self._follow)
        desk.selected_changed.connect(self.show_selected)
        desk.commit_wanted.connect(inspector.commit_note)
        inspector.source_wanted.connect(lambda _: talk.attempt(ask_source))
        inspector.unlink_wanted.connect(self._unlink)
        inspector.left.connect(text.setFocus)
        self._connect_fields()

    def _connect_fields(self) -> None:
        inspector = self._inspector
        inspector.note_edited.connect(
            lambda i, note: self._edit(i, lambda one: edits.set_note(one, note))
        )
        inspector.certainty_chosen.connect(
            lambda i, certainty: self._edit(i, lambda one: edits.set_certainty(one, certainty))
        )
        inspector.stance_chosen.connect(
            lambda i, stance: self._edit(i, lambda one: edits.set_stance(one, stance))
        )
        inspector.unattributed_chosen.connect(
            lambda i, decision: self._edit(
                i, lambda one: edits.set_unattributed(self._desk.tagging, one, decision)
            )
        )

    def show_selected(self) -> None:
        """Show the selected tag as it is now."""
        session, annotation = self._desk.session, self._desk.annotation
        if session is not None:
            read_only = session.read_only
            tagging, registry = session.tagging, session.registry
            self._inspector.show_annotation(annotation, tagging, registry, read_only)

    def _follow(self, change: Change) -> None:
        if not self._desk.lit(self._desk.selected).isdisjoint(change.touched):
            self.show_selected()

    def _edit(self, annotation_id: str, verb: Verb) -> None:
        annotation = self._desk.tagging.get(annotation_id)
        if annotation:
            self._talk.attempt(lambda: self._desk.do(verb(annotation), self._text.selection))

    def _unlink(self, annotation_id: str, other_id: str) -> None:
        tagging = self._desk.tagging
        other = tagging.get(other_id)
        if other and other in tagging.linked(annotation_id):
            self._edit(annotation_id, lambda one: toggle_link(tagging, one, other))
