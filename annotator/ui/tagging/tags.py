"""Making tags, giving them sources, changing and deleting them, and undo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from annotator.core import edits
from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.link_edits import tag_behind
from annotator.core.model import Annotation, Kind, Status, Unattributed
from annotator.core.sources import Source
from annotator.ui.command import ANNOTATE, EDIT, Command, Where
from annotator.ui.desk import Desk
from annotator.ui.ports import Range, TextView
from annotator.ui.settings import Settings
from annotator.ui.tagging.parts import PartProposals
from annotator.ui.tagging.source_prompt import SourcePrompt
from annotator.ui.talk import Talk

SELECT_FIRST = "Select some words, or a tag (Tab goes to the next one)."
UNATTRIBUTED = [None, Unattributed.ARTICLE, Unattributed.UNKNOWN]
REDO = ("Ctrl+Shift+Z", "Ctrl+Y")


class Tags:
    """What the keys of tagging do with the selected words, else with the selected tag."""

    def __init__(
        self,
        desk: Desk,
        text: TextView,
        talk: Talk,
        settings: Settings,
        parts: PartProposals,
        prompt: SourcePrompt,
    ) -> None:
        self._desk, self._text, self._talk = desk, text, talk
        self._settings, self._parts, self._prompt = settings, parts, prompt

    def commands(self) -> Iterable[Command]:
        """Tagging, deleting, being done; undo and redo."""
        desk = self._desk
        in_text = partial(Command, menu=ANNOTATE, where=Where.PAGE, enabled=desk.is_open)
        for kind, key, label in (
            (Kind.CLAIM, "1", "Claim"),
            (Kind.QUOTE, "2", "Quote"),
            (Kind.ATTRIBUTION, "3", "Attribution…"),
        ):
            tag = partial(in_text, kind=kind, strip=True, context=True)
            yield tag(f"tag.{kind}", label, (key,), run=partial(self.tag, kind))
        for name, label, keys, run, context, group in (
            ("tag.unattributed", "&Unattributed", ("U",), self.cycle_unattributed, True, 1),
            ("tag.delete", "&Delete tag", ("Del", "Backspace"), self.delete, True, 1),
            ("tag.behind", "Attribution be&hind…", ("Shift+A",), self.pick_behind, False, 3),
        ):
            yield in_text(name, label, keys, run=run, context=context, group=group)
        keys, done = ("Ctrl+Return", "Ctrl+Enter"), partial(Command, checked=desk.is_done, group=4)
        label, is_open = "D&one with this article", desk.is_open
        yield done("article.done", label, keys, ANNOTATE, self.toggle_done, enabled=is_open)
        for name, label, keys, run, can, last in (
            ("edit.undo", "&Undo", ("Ctrl+Z",), self.undo, desk.can_undo, desk.stack.undoText),
            ("edit.redo", "&Redo", REDO, self.redo, desk.can_redo, desk.stack.redoText),
        ):
            title = partial(_with_last, label, last)
            yield Command(name, label, keys, EDIT, run, enabled=can, title=title)

    # Tagging

    def tag(self, kind: Kind) -> None:
        """Tag the selected words as ``kind``; with no words selected, retag the selected tag."""
        if kind is Kind.ATTRIBUTION:
            self.pick_source()
        elif self._has_words():
            self._tag_words(kind, self._text.selection)
        else:
            self._do(edits.retag(self._desk.tagging, self._selected(), kind))

    def tag_with_source(self, source: Source) -> None:
        """Tag the selected words as an attribution to ``source``, or give it the selected one."""
        if self._has_words():
            self._tag_words(Kind.ATTRIBUTION, self._text.selection, source)
            return
        annotation = self._desk.annotation
        if annotation is None or annotation.kind is not Kind.ATTRIBUTION:
            raise EditRefused(f"Select the words that name {source.label} first.")
        self._do(edits.set_source(annotation, source))

    def tag_behind_with(self, source: Source) -> None:
        """Tag the selected words as an attribution to ``source`` behind the selected one."""
        if not self._has_words():
            raise EditRefused(f"Select the words that name {source.label} first.")
        self._tag_behind(self._text.selection, source, new=False)

    def pick_source(self) -> None:
        """Ask for a source at the selected words, or at the selected tag."""
        self._desk.refuse_read_only()
        if self._has_words():
            words = self._text.selection
            self._prompt.ask(words, None, partial(self._tag_words, Kind.ATTRIBUTION, words))
        else:
            one = self._selected()
            take = partial(self._give_source, one.id)
            self._prompt.ask((one.start, one.end), one.source, take)

    def pick_behind(self) -> None:
        """Ask for the source of an attribution behind the selected one."""
        self._desk.refuse_read_only()
        self._desk.need_attribution()
        if not self._has_words():
            raise EditRefused("Select some words first.")
        words = self._text.selection
        self._prompt.ask(words, None, lambda source, new: self._tag_behind(words, source, new=new))

    def _give_source(self, annotation_id: str, source: Source, new: bool) -> None:
        current = self._desk.tagging.get(annotation_id)
        if current is None:
            raise EditRefused("That tag is gone; select the words again.")
        change = edits.retag(self._desk.tagging, current, Kind.ATTRIBUTION, source.id)
        self._do(edits.with_new_source(change, source) if new else change)

    def _tag_words(
        self, kind: Kind, words: Range, source: Source | None = None, new: bool = False
    ) -> None:
        change = edits.tag(
            self._desk.tagging,
            self._text.article,
            kind,
            [words],
            source=source.id if source else None,
            selected=self._desk.annotation,
            raw=not self._settings.flag("trim"),
        )
        # A claim that joined the selected attribution leaves it selected, for the next one.
        joined = bool(change.before) and kind is not Kind.ATTRIBUTION
        select = self._desk.selected if joined else change.after[-1].id
        self._do_new(change, words, select, source if new else None)

    def _tag_behind(self, words: Range, source: Source, *, new: bool) -> None:
        change = tag_behind(
            self._desk.tagging,
            self._text.article,
            [words],
            source.id,
            self._desk.annotation,
            raw=not self._settings.flag("trim"),
        )
        self._do_new(change, words, change.after[-1].id, source if new else None)

    def _do_new(self, change: Change, words: Range, select: str, new: Source | None) -> None:
        """Do what makes a tag, with its proposed parts and a source that is new."""
        change = self._parts.with_parts(edits.with_new_source(change, new) if new else change)
        self._desk.do(change, words, select)
        self._text.put_caret(change.after[-1].end)

    # Changing

    def delete(self) -> None:
        """Remove the selected annotation; the caret stays where it was."""
        self._do(edits.delete(self._desk.tagging, [self._selected()]), select="")

    def cycle_unattributed(self) -> None:
        """The article itself, source unknown, undecided: one after the other."""
        annotation = self._selected()
        step = (UNATTRIBUTED.index(annotation.unattributed) + 1) % len(UNATTRIBUTED)
        decision = UNATTRIBUTED[step]
        self._do(edits.set_unattributed(self._desk.tagging, annotation, decision))

    def toggle_done(self) -> None:
        """Mark the article as done, or open it again."""
        done = self._desk.is_done()
        was, now = (Status.DONE, Status.IN_PROGRESS) if done else (Status.IN_PROGRESS, Status.DONE)
        self._do(edits.set_status(was, now))
        self._talk.hint("Open again." if done else "Marked as done.")

    def undo(self) -> None:
        """Take the last change back, and say which it was."""
        label = self._desk.stack.undoText()
        self._desk.undo()
        self._talk.hint(f"Undone: {label}.")

    def redo(self) -> None:
        """Do again what was taken back, and say what it was."""
        label = self._desk.stack.redoText()
        self._desk.redo()
        self._talk.hint(f"Done again: {label}.")

    def _has_words(self) -> bool:
        start, end = self._text.selection
        return start < end

    def _selected(self) -> Annotation:
        if self._desk.annotation is None:
            raise EditRefused(SELECT_FIRST)
        return self._desk.annotation

    def _do(self, change: Change, select: str | None = None) -> None:
        self._desk.do(change, self._text.selection, select)


def _with_last(label: str, last: Callable[[], str]) -> str:
    """What the menu says: the label, and what was done or undone last."""
    return f"{label} {last().lower()}".rstrip()
