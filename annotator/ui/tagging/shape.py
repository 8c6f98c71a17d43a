"""Giving tags their shape: boundaries, fragments, mention and cue; and widening the selection."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Literal

from annotator.core import extent_edits
from annotator.core.display_text import one_line
from annotator.core.errors import EditRefused
from annotator.core.model import Annotation, Span
from annotator.core.text.graphemes import next_edge
from annotator.core.text.widening import narrow, next_word_edge, widen
from annotator.ui.command import ANNOTATE, EDIT, Command, Where
from annotator.ui.desk import Desk
from annotator.ui.ports import Range, TextView
from annotator.ui.tagging.parts import PartProposals
from annotator.ui.talk import Talk

Edge = Literal["start", "end"]

BOUNDARIES = "Bo&undaries"
BY_WORD: tuple[tuple[str, str, str, Edge, int], ...] = (
    ("end.later", "End a word to the &right", "Alt+Right", "end", 1),
    ("end.earlier", "End a word to the &left", "Alt+Left", "end", -1),
    ("start.earlier", "&Start a word to the left", "Alt+Shift+Left", "start", -1),
    ("start.later", "Start a &word to the right", "Alt+Shift+Right", "start", 1),
)
BY_CHARACTER: tuple[tuple[str, str, str, Edge, int], ...] = (
    ("end.one-later", "End one &character to the right", "Ctrl+Alt+Right", "end", 1),
    ("end.one-earlier", "End &one character to the left", "Ctrl+Alt+Left", "end", -1),
    ("start.one-earlier", "Start one character to the le&ft", "Ctrl+Alt+Shift+Left", "start", -1),
    ("start.one-later", "Start one character to the ri&ght", "Ctrl+Alt+Shift+Right", "start", 1),
)
"""Name, label, key, edge, and 1 to the right or -1 to the left."""


class TagShape:
    """Which words the selected tag has, and which of them are its mention and its cue."""

    def __init__(self, desk: Desk, text: TextView, talk: Talk, parts: PartProposals) -> None:
        self._desk, self._text, self._talk, self._parts = desk, text, talk, parts
        self._widened = self._widening_began = (0, 0)

    def commands(self) -> Iterable[Command]:
        """Boundaries, fragments, mention and cue; widening the selection, and back."""
        command = partial(Command, where=Where.PAGE, enabled=self._desk.is_open)
        for rows, move in ((BY_WORD, self.move_by_word), (BY_CHARACTER, self.move_by_character)):
            for name, label, key, edge, by in rows:
                run = partial(move, edge, by)
                yield command(name, label, (key,), ANNOTATE, run, group=2, sub=BOUNDARIES)
        remove = "&Remove these words from the tag"
        for name, label, key, act, context, group in (
            ("tag.add-words", "Add &words to the tag", "+", self.add_fragment, True, 2),
            ("tag.remove-words", remove, "-", self.remove_fragment, False, 2),
            ("tag.mention", "Set &mention", "M", self.set_mention, True, 3),
            ("tag.cue", "Se&t cue", "C", self.set_cue, True, 3),
        ):
            yield command(name, label, (key,), ANNOTATE, act, context=context, group=group)
        for name, label, key, act in (
            ("select.widen", "&Widen the selection", "Ctrl+Shift+E", self.widen),
            ("select.narrow", "&Narrow the selection", "Ctrl+Shift+W", self.narrow),
        ):
            yield command(name, label, (key,), EDIT, act, group=2)

    # Boundaries

    def move_by_word(self, edge: Edge, to_the_right: int) -> None:
        """Let the selected tag start or end a word further to the right (1) or left (-1)."""
        annotation, at, step = self._edge(edge, to_the_right)
        self._move(annotation, edge, next_word_edge(self._text.article.text, at, step, edge))

    def move_by_character(self, edge: Edge, to_the_right: int) -> None:
        """Let the selected tag start or end a character further to the right or left."""
        annotation, at, step = self._edge(edge, to_the_right)
        self._move(annotation, edge, next_edge(self._text.article.text, at, step))

    def move_edge(self, edge: Edge, to: int) -> None:
        """A handle was dragged to a code point; the words selected meanwhile are let go of."""
        self._text.put_caret(to)
        self._move(self._desk.need_annotation(), edge, to)

    def _edge(self, edge: Edge, to_the_right: int) -> tuple[Annotation, int, int]:
        """The selected tag, where its edge is, and 1 where the step goes towards the end.

        In Arabic and Hebrew that is to the left, as for the caret.
        """
        annotation = self._desk.need_annotation()
        at = annotation.start if edge == "start" else annotation.end
        return annotation, at, -to_the_right if self._text.is_from_right(at) else to_the_right

    def _move(self, annotation: Annotation, edge: Edge, to: int) -> None:
        change = extent_edits.move_boundary(annotation, self._text.article, edge, to)
        self._desk.do(change, self._text.selection)
        moved = self._desk.tagging.get(annotation.id)
        if moved is not None:
            self._text.put_caret(moved.start if edge == "start" else moved.end)

    # Fragments

    def add_fragment(self) -> None:
        """The selected words become part of the selected tag."""
        annotation, (start, end) = self._desk.need_annotation(), self._text.selection
        if start == end:
            raise EditRefused("Select some words first.")
        change = extent_edits.add_fragment(annotation, self._text.article, start, end)
        self._desk.do(change, (start, end))
        self._text.put_caret(end)

    def remove_fragment(self) -> None:
        """The part of the selected tag in which the caret stands leaves it."""
        annotation, caret = self._desk.need_annotation(), self._text.caret
        change = extent_edits.remove_fragment(annotation, self._text.article, caret)
        self._desk.do(change, self._text.selection)

    # Mention and cue

    def set_mention(self) -> None:
        """The selected words name the source; with none selected, what is proposed, or none."""
        attribution = self._desk.need_attribution()
        ranges = self._chosen()
        if ranges is None:
            mention, _ = self._parts.propose(attribution)
            ranges = [mention] if mention and not attribution.mention else []
        change = extent_edits.set_mention(attribution, self._text.article, ranges)
        self._desk.do(change, self._text.selection)
        self._say("Mention", change.after[0].mention)

    def set_cue(self) -> None:
        """The selected words report; with none selected, what is proposed, or none."""
        attribution = self._desk.need_attribution()
        ranges = self._chosen()
        if ranges is None:
            ranges = [] if attribution.cue else list(self._parts.propose(attribution)[1])
        change = extent_edits.set_cue(attribution, self._text.article, ranges)
        self._desk.do(change, self._text.selection)
        self._say("Cue", change.after[0].cue)

    def _chosen(self) -> list[Range] | None:
        start, end = self._text.selection
        return [(start, end)] if start < end else None

    def _say(self, part: str, spans: tuple[Span, ...]) -> None:
        """Say what a key has done that the page does not show."""
        words = " … ".join(one_line(span.exact) for span in spans)
        self._talk.hint(f"{part}: {words}" if words else f"No {part.lower()}.")

    # The selection

    def widen(self) -> None:
        """Select the next wider thing: word, quoted passage, sentence, paragraph, article."""
        text = self._text
        if text.selection != self._widened:
            self._widening_began = text.selection
        self._widened = widen(text.article.text, *text.selection, text.sentence_around)
        text.select(*self._widened)

    def narrow(self) -> None:
        """Go back one step of widening."""
        text, began = self._text, self._widening_began
        if text.selection == self._widened:
            self._widened = narrow(text.article.text, *text.selection, began, text.sentence_around)
            text.select(*self._widened)
