"""Going from tag to tag, and what Enter, Esc and a click do in the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from annotator.core.model import Annotation
from annotator.ui.command import ANNOTATE, GO, Command, Where
from annotator.ui.desk import Desk
from annotator.ui.ports import Mode, TextView
from annotator.ui.tagging.link import LinkMode
from annotator.ui.talk import Talk


def go_to(desk: Desk, text: TextView, annotation_id: str) -> None:
    """Select an annotation and bring its words into view."""
    annotation = desk.tagging.get(annotation_id)
    if annotation:
        text.put_caret(annotation.start)
        text.bring_into_view(annotation.start, annotation.end)
        desk.select(annotation.id)


class Navigation:
    """Moves among the tags; a link or a search under way has these keys first.

    ``edit`` goes to the fields of the selected tag.
    """

    def __init__(
        self,
        desk: Desk,
        text: TextView,
        talk: Talk,
        link: LinkMode,
        modes: Sequence[Mode],
        edit: Callable[[], object],
    ) -> None:
        self._desk, self._text, self._talk = desk, text, talk
        self._link, self._modes, self._edit = link, modes, edit

    def commands(self) -> Iterable[Command]:
        """Enter, Esc, and the next and the previous tag."""
        for name, label, keys, menu, run, group in (
            ("tag.edit", "&Edit in the inspector", ("Return", "Enter"), ANNOTATE, self.edit, 1),
            ("tag.clear", "&Clear selection", ("Esc",), ANNOTATE, self.clear, 1),
            ("go.next", "&Next tag", ("Tab",), GO, partial(self.go, 1), 0),
            ("go.previous", "&Previous tag", ("Shift+Tab",), GO, partial(self.go, -1), 0),
        ):
            yield Command(name, label, keys, menu, run, Where.PAGE, self._desk.is_open, group=group)

    def edit(self) -> None:
        """Carry on what is under way; else go to the fields of the selected tag."""
        mode = self._mode()
        if mode:
            mode.go_on()
        else:
            self._desk.need_annotation()
            self._edit()

    def clear(self) -> None:
        """End what is under way; else let go of the words, else of the tag."""
        start, end = self._text.selection
        mode = self._mode()
        if mode:
            mode.stop()
        elif start < end:
            self._text.put_caret(self._text.caret)
        else:
            self._desk.select("")
        self._talk.quiet()

    def _mode(self) -> Mode | None:
        return next((mode for mode in self._modes if mode.active), None)

    def go(self, step: int) -> None:
        """Select the next or previous tag, from the selected one or from the caret."""
        if self._link.active:
            self._link.step(step)
            return
        tagging, selected = self._desk.tagging, self._desk.annotation
        if selected:
            target = tagging.neighbour(selected, step)
        else:
            caret = self._text.caret
            target = tagging.after(caret) if step > 0 else tagging.before(caret)
        if target is None:
            nothing = "No further tag this way." if len(tagging) else "Nothing is tagged yet."
            self._talk.hint(nothing)
        else:
            self.go_to(target.id)

    def go_to(self, annotation_id: str) -> None:
        """Select an annotation and bring its words into view."""
        go_to(self._desk, self._text, annotation_id)

    def pick(self, under: list[Annotation]) -> None:
        """A click: the shortest annotation there; another click, the next outer one."""
        if self._link.active:
            self._talk.attempt(lambda: self._link.click(under))
            return
        ids = [annotation.id for annotation in under]
        selected = self._desk.selected
        nth = ids.index(selected) + 1 if selected in ids else 0
        self._desk.select(ids[nth % len(ids)] if ids else "")
