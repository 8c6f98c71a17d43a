"""Giving tags their shape: boundaries, fragments, mention and cue, links; and widening."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from annotator.core import extent_edits
from annotator.core.change import Change, Delta
from annotator.core.display_text import one_line
from annotator.core.edits import with_new_source
from annotator.core.errors import EditRefused
from annotator.core.link_edits import tag_behind
from annotator.core.model import Annotation, Kind, Span
from annotator.core.sources import Source
from annotator.core.text.graphemes import next_edge
from annotator.core.text.widening import narrow, next_word_edge, widen
from annotator.ui.command import ANNOTATE, EDIT, Command, Run, Where, is_open

if TYPE_CHECKING:
    from annotator.suggest.rules import Rules
    from annotator.ui.window import Window

Edge = Literal["start", "end"]
Range = tuple[int, int]


def move_by_word(window: Window, edge: Edge, to_the_right: int) -> None:
    """Let the selected annotation start or end a word further to the right (1) or left (-1)."""
    annotation = _selected(window)
    at = annotation.start if edge == "start" else annotation.end
    step = _step(window, at, to_the_right)
    _move(window, annotation, edge, next_word_edge(window.page.article.text, at, step, edge))


def move_by_character(window: Window, edge: Edge, to_the_right: int) -> None:
    """Let the selected annotation start or end a character further to the right or left."""
    annotation = _selected(window)
    at = annotation.start if edge == "start" else annotation.end
    step = _step(window, at, to_the_right)
    _move(window, annotation, edge, next_edge(window.page.article.text, at, step))


def _step(window: Window, at: int, to_the_right: int) -> int:
    """1 towards the end of the article; Arabic and Hebrew go there to the left, as the caret."""
    return -to_the_right if window.page.is_from_right(at) else to_the_right


def move_edge(window: Window, edge: Edge, to: int) -> None:
    """A handle was dragged to a code point; the words selected meanwhile are let go of."""
    window.page.put_caret(to)
    _move(window, _selected(window), edge, to)


def _move(window: Window, annotation: Annotation, edge: Edge, to: int) -> None:
    change = extent_edits.move_boundary(annotation, window.page.article, edge, to)
    window.desk.do(change, window.page.selection)
    moved = window.tagging.get(annotation.id)
    if moved is not None:
        window.page.put_caret(moved.start if edge == "start" else moved.end)


def add_fragment(window: Window) -> None:
    """The selected words become part of the selected annotation."""
    annotation, words = _selected(window), _words(window)
    change = extent_edits.add_fragment(annotation, window.page.article, *words)
    window.desk.do(change, words)
    window.page.put_caret(words[1])


def remove_fragment(window: Window) -> None:
    """The part of the selected annotation in which the caret stands leaves it."""
    annotation = _selected(window)
    change = extent_edits.remove_fragment(annotation, window.page.article, window.page.caret)
    window.desk.do(change, window.page.selection)


def set_mention(window: Window) -> None:
    """The selected words name the source; with none selected, what is proposed, or none."""
    attribution = _attribution(window)
    ranges = _chosen(window)
    if ranges is None:
        mention, _ = propose_parts(window, attribution)
        ranges = [mention] if mention and not attribution.mention else []
    change = extent_edits.set_mention(attribution, window.page.article, ranges)
    window.desk.do(change, window.page.selection)
    _tell(window, "Mention", change.after[0].mention)


def set_cue(window: Window) -> None:
    """The selected words report; with none selected, what is proposed, or none."""
    attribution = _attribution(window)
    ranges = _chosen(window)
    if ranges is None:
        ranges = [] if attribution.cue else list(propose_parts(window, attribution)[1])
    change = extent_edits.set_cue(attribution, window.page.article, ranges)
    window.desk.do(change, window.page.selection)
    _tell(window, "Cue", change.after[0].cue)


def _tell(window: Window, part: str, spans: tuple[Span, ...]) -> None:
    """Say what a key has done that the page does not show."""
    words = " … ".join(one_line(span.exact) for span in spans)
    window.talk.hint(f"{part}: {words}" if words else f"No {part.lower()}.")


def propose_parts(
    window: Window, attribution: Annotation, new: Sequence[Source] = ()
) -> tuple[Range | None, tuple[Range, ...]]:
    """The mention and the cue that the rules see in an attribution; ``new`` sources count too."""
    from annotator.suggest.parts import propose

    registry = window.registry.changed((), new) if new else window.registry
    return propose(window.page.article, attribution, registry, language(window))


def language(window: Window) -> str | None:
    """The article's language, as its file says or as its words look."""
    from annotator.suggest.language import language_of

    session = window.desk.session
    stated = session.header.article.language if session else None
    return language_of(window.page.article.text, stated)


def language_rules(window: Window) -> Rules:
    """The rules for the article's language; reading them takes a moment the first time."""
    from annotator.suggest.rules import rules_for

    return rules_for(language(window))


def with_parts(window: Window, change: Change) -> Change:
    """The change, its new attribution with the mention and the cue that the rules propose."""
    new = change.after[-1]
    if new.kind is not Kind.ATTRIBUTION or not window.settings.flag("propose_parts"):
        return change
    article = window.page.article
    mention, cues = propose_parts(window, new, change.sources.after)
    named = extent_edits.set_mention(new, article, [mention] if mention else []).after[0]
    whole = extent_edits.set_cue(named, article, cues).after[0]
    return replace(change, annotations=Delta(change.before, (*change.after[:-1], whole)))


def tag_behind_selected(window: Window, source: Source, words: Range, *, new: bool) -> None:
    """The words become an attribution behind the selected one: KCNA via Yonhap."""
    change = tag_behind(
        window.tagging,
        window.page.article,
        [words],
        source.id,
        window.desk.annotation,
        raw=not window.settings.flag("trim"),
    )
    change = with_new_source(change, source) if new else change
    change = with_parts(window, change)
    window.desk.do(change, words, change.after[-1].id)
    window.page.put_caret(change.after[-1].end)


def pick_behind(window: Window) -> None:
    """Ask for the source of an attribution behind the selected one."""
    attribution = _attribution(window)
    words = _words(window)
    window.picker.ask(*words, None, behind=attribution)


def widen_selection(window: Window) -> None:
    """Select the next wider thing: word, quoted passage, sentence, paragraph, article."""
    page = window.page
    if page.selection != page.widened:
        page.widening_began = page.selection
    page.widened = widen(page.article.text, *page.selection, page.sentence_around)
    page.select(*page.widened)


def narrow_selection(window: Window) -> None:
    """Go back one step of widening."""
    page = window.page
    if page.selection == page.widened:
        origin = page.widening_began
        page.widened = narrow(page.article.text, *page.selection, origin, page.sentence_around)
        page.select(*page.widened)


def _selected(window: Window) -> Annotation:
    annotation = window.desk.annotation
    if annotation is None:
        raise EditRefused("Select a tag first (Tab goes to the next one).")
    return annotation


def _attribution(window: Window) -> Annotation:
    annotation = _selected(window)
    if annotation.kind is not Kind.ATTRIBUTION:
        raise EditRefused(f"Select an attribution first; now a {annotation.kind} is selected.")
    return annotation


def _words(window: Window) -> Range:
    start, end = window.page.selection
    if start == end:
        raise EditRefused("Select some words first.")
    return start, end


def _chosen(window: Window) -> list[Range] | None:
    start, end = window.page.selection
    return [(start, end)] if start < end else None


def _move_by(unit: Callable[[Window, Edge, int], None], edge: Edge, step: int) -> Run:
    return lambda window: unit(window, edge, step)


BOUNDARIES = "Bo&undaries"

SHAPING: tuple[Command, ...] = (
    *(
        Command(name, label, (key,), ANNOTATE, run, Where.PAGE, is_open, group=2, sub=BOUNDARIES)
        for name, label, key, run in (
            (
                "end.later",
                "End a word to the &right",
                "Alt+Right",
                _move_by(move_by_word, "end", 1),
            ),
            (
                "end.earlier",
                "End a word to the &left",
                "Alt+Left",
                _move_by(move_by_word, "end", -1),
            ),
            (
                "start.earlier",
                "&Start a word to the left",
                "Alt+Shift+Left",
                _move_by(move_by_word, "start", -1),
            ),
            (
                "start.later",
                "Start a &word to the right",
                "Alt+Shift+Right",
                _move_by(move_by_word, "start", 1),
            ),
            (
                "end.one-later",
                "End one &character to the right",
                "Ctrl+Alt+Right",
                _move_by(move_by_character, "end", 1),
            ),
            (
                "end.one-earlier",
                "End &one character to the left",
                "Ctrl+Alt+Left",
                _move_by(move_by_character, "end", -1),
            ),
            (
                "start.one-earlier",
                "Start one character to the le&ft",
                "Ctrl+Alt+Shift+Left",
                _move_by(move_by_character, "start", -1),
            ),
            (
                "start.one-later",
                "Start one character to the ri&ght",
                "Ctrl+Alt+Shift+Right",
                _move_by(move_by_character, "start", 1),
            ),
        )
    ),
    Command(
        "tag.add-words",
        "Add &words to the tag",
        ("+",),
        ANNOTATE,
        add_fragment,
        Where.PAGE,
        is_open,
        context=True,
        group=2,
    ),
    Command(
        "tag.remove-words",
        "&Remove these words from the tag",
        ("-",),
        ANNOTATE,
        remove_fragment,
        Where.PAGE,
        is_open,
        group=2,
    ),
    Command(
        "tag.mention",
        "Set &mention",
        ("M",),
        ANNOTATE,
        set_mention,
        Where.PAGE,
        is_open,
        context=True,
        group=3,
    ),
    Command(
        "tag.cue",
        "Se&t cue",
        ("C",),
        ANNOTATE,
        set_cue,
        Where.PAGE,
        is_open,
        context=True,
        group=3,
    ),
    Command(
        "tag.behind",
        "Attribution be&hind…",
        ("Shift+A",),
        ANNOTATE,
        pick_behind,
        Where.PAGE,
        is_open,
        group=3,
    ),
    Command(
        "tag.link",
        "&Link or unlink…",
        ("L",),
        ANNOTATE,
        lambda w: w.linking.begin(),
        Where.PAGE,
        is_open,
        context=True,
        group=3,
    ),
    Command(
        "select.widen",
        "&Widen the selection",
        ("Ctrl+Shift+E",),
        EDIT,
        widen_selection,
        Where.PAGE,
        is_open,
        group=2,
    ),
    Command(
        "select.narrow",
        "&Narrow the selection",
        ("Ctrl+Shift+W",),
        EDIT,
        narrow_selection,
        Where.PAGE,
        is_open,
        group=2,
    ),
)
