"""What the hands do: each gesture reads the page, asks a verb for a change, and does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core import edits
from annotator.core.change import Change
from annotator.core.errors import EditRefused
from annotator.core.link_edits import toggle_link
from annotator.core.model import Annotation, Certainty, Kind, Stance, Status, Unattributed
from annotator.core.sources import Source, new_source_id
from annotator.ui.tagging import shape

if TYPE_CHECKING:
    from annotator.ui.window import Window

Range = tuple[int, int]


def tag(window: Window, kind: Kind) -> None:
    """Tag the selected words as ``kind``; with no words selected, retag the selected tag."""
    if kind is Kind.ATTRIBUTION:
        pick_source(window)
    elif _has_words(window):
        _tag_words(window, kind, window.page.selection)
    else:
        annotation = _selected(window)
        _do(window, edits.retag(window.tagging, annotation, kind))


def tag_with_source(window: Window, source: Source) -> None:
    """Tag the selected words as an attribution to ``source``, or give it to the selected one."""
    if _has_words(window):
        _tag_words(window, Kind.ATTRIBUTION, window.page.selection, source)
        return
    annotation = window.desk.annotation
    if annotation is None or annotation.kind is not Kind.ATTRIBUTION:
        raise EditRefused(f"Select the words that name {source.label} first.")
    _do(window, edits.set_source(annotation, source))


def edit(window: Window) -> None:
    """Go to the fields of the selected annotation, or on with what is under way.

    That is a link, which is finished, or finding, which goes to the next hit.
    """
    if window.linking.active:
        window.linking.finish()
    elif window.finding.active:
        window.finding.step(1)
    else:
        window.edit_selected()


def tag_behind_with(window: Window, source: Source) -> None:
    """Tag the selected words as an attribution to ``source`` behind the selected one."""
    if not _has_words(window):
        raise EditRefused(f"Select the words that name {source.label} first.")
    shape.tag_behind_selected(window, source, window.page.selection, new=False)


def pick_source(window: Window) -> None:
    """Open the source picker at the selected words, or at the selected tag."""
    _refuse_read_only(window)
    if _has_words(window):
        start, end = window.page.selection
        window.picker.ask(start, end, None)
    else:
        annotation = _selected(window)
        window.picker.ask(annotation.start, annotation.end, annotation)


def take_source(
    window: Window, source: Source, words: Range, annotation: Annotation | None, new: bool
) -> None:
    """Do what the picker was opened for, with the source that was chosen in it."""
    if annotation is None:
        _tag_words(window, Kind.ATTRIBUTION, words, source, new)
        return
    current = window.tagging.get(annotation.id)
    if current is None:
        raise EditRefused("That tag is gone; select the words again.")
    change = edits.retag(window.tagging, current, Kind.ATTRIBUTION, source.id)
    _do(window, edits.with_new_source(change, source) if new else change)


def new_source(window: Window, name: str, short: str = "") -> Source:
    """A source as it enters the registry when its name is typed or taken for the first time."""
    known = window.registry.by_id
    return Source(id=new_source_id(short or name, known), name=name, short=short or None)


def _tag_words(
    window: Window, kind: Kind, words: Range, source: Source | None = None, new: bool = False
) -> None:
    change = edits.tag(
        window.tagging,
        window.page.article,
        kind,
        [words],
        source=source.id if source else None,
        selected=window.desk.annotation,
        raw=not window.settings.flag("trim"),
    )
    if source and new:
        change = edits.with_new_source(change, source)
    change = shape.with_parts(window, change)
    _do(window, change, words, select=_selected_after(window, change, kind))
    window.page.put_caret(change.after[-1].end)


def _selected_after(window: Window, change: Change, kind: Kind) -> str:
    """A claim that joined the selected attribution leaves it selected, for the next one."""
    joined = bool(change.before) and kind is not Kind.ATTRIBUTION
    return window.desk.selected if joined else change.after[-1].id


def delete(window: Window) -> None:
    """Remove the selected annotation; the caret stays where it was."""
    annotation = _selected(window)
    _do(window, edits.delete(window.tagging, [annotation]), select="")


def cycle_unattributed(window: Window) -> None:
    """The article itself, source unknown, undecided: one after the other."""
    annotation = _selected(window)
    steps = [None, Unattributed.ARTICLE, Unattributed.UNKNOWN]
    step = steps[(steps.index(annotation.unattributed) + 1) % len(steps)]
    _do(window, edits.set_unattributed(window.tagging, annotation, step))


def undo(window: Window) -> None:
    """Take the last change back, and say which it was."""
    label = window.desk.stack.undoText()
    window.desk.undo()
    window.talk.hint(f"Undone: {label}.")


def redo(window: Window) -> None:
    """Do again what was taken back, and say what it was."""
    label = window.desk.stack.redoText()
    window.desk.redo()
    window.talk.hint(f"Done again: {label}.")


def is_done(window: Window) -> bool:
    """Whether the open article is marked as done."""
    return window.desk.session is not None and window.desk.session.header.status is Status.DONE


def toggle_done(window: Window) -> None:
    """Mark the article as done, or open it again."""
    done = is_done(window)
    now, then = (Status.DONE, Status.IN_PROGRESS) if done else (Status.IN_PROGRESS, Status.DONE)
    _do(window, edits.set_status(now, then))
    window.talk.hint("Open again." if done else "Marked as done.")


def go(window: Window, step: int) -> None:
    """Select the next or previous annotation, from the selected one or from the caret."""
    if window.linking.active:
        window.linking.step(step)
        return
    tagging, selected = window.tagging, window.desk.annotation
    if selected:
        target = tagging.neighbour(selected, step)
    else:
        caret = window.page.caret
        target = tagging.after(caret) if step > 0 else tagging.before(caret)
    if target is None:
        window.talk.hint("No further tag this way." if len(tagging) else "Nothing is tagged yet.")
    else:
        go_to(window, target.id)


def go_to(window: Window, annotation_id: str) -> None:
    """Select an annotation and bring its words into view."""
    annotation = window.tagging.get(annotation_id)
    if annotation:
        window.page.put_caret(annotation.start)
        window.page.bring_into_view(annotation.start, annotation.end)
        window.desk.select(annotation.id)


def clear(window: Window) -> None:
    """Let go of whatever is under way or selected: a link, finding, the words, the tag."""
    if window.linking.active:
        window.linking.stop()
    elif window.finding.active:
        window.finding.close()
    elif _has_words(window):
        window.page.put_caret(window.page.caret)
    else:
        window.desk.select("")
    window.talk.quiet()


def pick(window: Window, under: list[Annotation]) -> None:
    """A click: the shortest annotation there; another click, the next outer one."""
    if window.linking.active:
        window.attempt(lambda: window.linking.click(under))
        return
    ids = [annotation.id for annotation in under]
    selected = window.desk.selected
    nth = ids.index(selected) + 1 if selected in ids else 0
    window.desk.select(ids[nth % len(ids)] if ids else "")


def _has_words(window: Window) -> bool:
    start, end = window.page.selection
    return start < end


def _selected(window: Window) -> Annotation:
    annotation = window.desk.annotation
    if annotation is None:
        raise EditRefused("Select some words, or a tag (Tab goes to the next one).")
    return annotation


def _refuse_read_only(window: Window) -> None:
    session = window.desk.session
    if session is not None and session.read_only:
        raise EditRefused(session.read_only)


def _do(
    window: Window, change: Change, words: Range | None = None, select: str | None = None
) -> None:
    window.desk.do(change, words or window.page.selection, select)


def edit_note(window: Window, annotation_id: str, note: str) -> None:
    """Write the note of an annotation."""
    if annotation := window.tagging.get(annotation_id):
        _do(window, edits.set_note(annotation, note))


def choose_certainty(window: Window, annotation_id: str, certainty: Certainty | None) -> None:
    """Say how sure the tagging is."""
    if annotation := window.tagging.get(annotation_id):
        _do(window, edits.set_certainty(annotation, certainty))


def choose_stance(window: Window, annotation_id: str, stance: Stance | None) -> None:
    """Say how the source stands to what it is made to say."""
    if annotation := window.tagging.get(annotation_id):
        _do(window, edits.set_stance(annotation, stance))


def choose_unattributed(window: Window, annotation_id: str, decision: Unattributed | None) -> None:
    """Decide that a claim or quote has no source, or take that back."""
    if annotation := window.tagging.get(annotation_id):
        _do(window, edits.set_unattributed(window.tagging, annotation, decision))


def unlink(window: Window, annotation_id: str, other_id: str) -> None:
    """Cut the link between two annotations."""
    one, other = window.tagging.get(annotation_id), window.tagging.get(other_id)
    if one and other and other in window.tagging.linked(one.id):
        _do(window, toggle_link(window.tagging, one, other))
