from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.change import Change, Delta, added, removed, replaced
from annotator.core.model import Annotation, ArticleRef, Document, Kind, Status
from annotator.core.sources import Registry, Source
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.storage.recovery import misplaced_span, recover

ARTICLE = Article("Secondo la KCNA 😀 le truppe")
DOCUMENT = Document(
    article=ArticleRef(file="../a.txt", sha256=ARTICLE.sha256, length=len(ARTICLE.text)),
    annotator="anna",
)


def claim(number: int, note: str | None = None) -> Annotation:
    span = ARTICLE.span(number, number + 2)
    return Annotation(id=f"c-{number:06}", kind=Kind.CLAIM, spans=(span,), note=note)


def noted(number: int, old: str | None, new: str | None) -> Change:
    return Change("Edit note", replaced(claim(number, old), claim(number, new)))


TAG = Change("Tag claim", added(claim(1)))
NOTE, OTHER = noted(1, None, "first"), noted(1, "first", "second")
STEPS = (TAG, NOTE, OTHER)


def holding(*annotations: Annotation) -> Document:
    return replace(DOCUMENT, annotations=annotations)


def test_an_old_file_gets_everything() -> None:
    recovery = recover(STEPS, DOCUMENT, Registry(), ARTICLE)
    assert recovery.change.after == (claim(1, "second"),)
    assert recovery.change.before == ()
    assert not recovery.left_out


def test_a_file_saved_in_the_middle_gets_the_rest() -> None:
    recovery = recover(STEPS, holding(claim(1, "first")), Registry(), ARTICLE)
    assert recovery.change.before == (claim(1, "first"),)
    assert recovery.change.after == (claim(1, "second"),)


def test_a_file_that_holds_everything_gets_nothing() -> None:
    recovery = recover(STEPS, holding(claim(1, "second")), Registry(), ARTICLE)
    assert not recovery.change
    assert not recovery.left_out


def test_somebody_else_s_work_stays_and_ours_is_handed_back() -> None:
    theirs = holding(claim(1, "theirs"))
    recovery = recover(STEPS, theirs, Registry(), ARTICLE)
    assert not recovery.change
    assert recovery.left_out.before == theirs.annotations
    assert recovery.left_out.after == (claim(1, "second"),)


def test_words_that_do_not_stand_in_the_article_are_handed_back() -> None:
    recovery = recover(STEPS, DOCUMENT, Registry(), Article("another text altogether"))
    assert not recovery.change
    assert recovery.left_out.after == (claim(1, "second"),)


def test_a_deletion_is_brought_back_too() -> None:
    deleted = Change("Delete claim", removed(claim(1)))
    recovery = recover((deleted,), holding(claim(1)), Registry(), ARTICLE)
    assert recovery.change.before == (claim(1),)
    assert recovery.change.after == ()


def test_sources_and_status_come_back() -> None:
    kcna = Source(id="kcna", name="KCNA")
    steps = (
        Change("New source", sources=added(kcna)),
        Change("Mark as done", status=replaced(Status.IN_PROGRESS, Status.DONE)),
    )
    recovery = recover(steps, DOCUMENT, Registry(), ARTICLE)
    assert recovery.change.sources.after == (kcna,)
    assert recovery.change.status == replaced(Status.IN_PROGRESS, Status.DONE)
    again = recover(steps, replace(DOCUMENT, status=Status.DONE), Registry((kcna,)), ARTICLE)
    assert not again.change


def test_a_source_that_somebody_changed_meanwhile_stays_theirs() -> None:
    steps = (Change("New source", sources=added(Source(id="kcna", name="KCNA"))),)
    registry = Registry((Source(id="kcna", name="K.C.N.A."),))
    recovery = recover(steps, DOCUMENT, registry, ARTICLE)
    assert not recovery.change
    assert recovery.left_out.sources.after == (Source(id="kcna", name="KCNA"),)


def test_a_mention_out_of_place_is_noticed() -> None:
    mention = ARTICLE.inner_span(11, 15)
    tag = replace(claim(1), kind=Kind.ATTRIBUTION, mention=(mention,))
    assert misplaced_span(tag, ARTICLE) is None
    moved = replace(tag, mention=(mention._replace(start=10, end=14),))
    assert misplaced_span(moved, ARTICLE) == "KCNA"


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["a", "b", None, "gone"]))), st.data())
def test_from_whichever_save_it_begins_recovery_ends_at_the_last_state(
    wishes: list[tuple[int, str | None]], data: st.DataObject
) -> None:
    tagging, steps, saved = Tagging(), [], [DOCUMENT]
    for number, note in wishes:
        old = tagging.get(f"c-{number:06}")
        new = None if note == "gone" else claim(number, note)
        step = Change("step", Delta((old,) if old else (), (new,) if new else ()))
        tagging.apply(step)
        steps.append(step)
        saved.append(holding(*tagging.annotations()))
    start = data.draw(st.sampled_from(saved))
    recovery = recover(steps, start, Registry(), ARTICLE)
    recovered = Tagging(start.annotations)
    recovered.apply(recovery.change)
    assert recovered.annotations() == tagging.annotations()
    assert not recovery.left_out
