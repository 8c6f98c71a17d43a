"""What is worked out of a paragraph, and until when it is kept; no window is needed."""

from __future__ import annotations

from math import inf

import pytest

from annotator.core import edits
from annotator.core.model import Annotation, Kind
from annotator.core.tagging import Tagging
from annotator.core.text.article import Article
from annotator.ui.page.article_layout import ArticleLayout
from annotator.ui.page.column import LINE_HEIGHT
from annotator.ui.page.paragraph import WHOLE, Paragraph, new_style
from annotator.ui.theme import DARK, LIGHT, reading_font
from tests.ui.page.plain import PlainLabels

ARTICLE = Article("Secondo la KCNA, le truppe rientrano negli obblighi. " * 3 + "\nLo dice RBC.\n")
NOTHING = frozenset[str]()


@pytest.fixture
def layout(qapp: object) -> ArticleLayout:
    """Two paragraphs, with a tag in the first."""
    span = ARTICLE.span(0, 15)
    says = Annotation(id="a-000000", kind=Kind.ATTRIBUTION, spans=(span,), source="kcna")
    layout = ArticleLayout(ARTICLE, Tagging([says]), reading_font(12), LINE_HEIGHT)
    layout.document.setTextWidth(500)
    return layout


def paragraphs(layout: ArticleLayout) -> list[Paragraph]:
    return [paragraph for paragraph, _ in layout.between(0, inf)]


def test_other_tags_renew_their_paragraph_on_the_same_lines_and_leave_the_others(
    layout: ArticleLayout,
) -> None:
    first, second, _ = paragraphs(layout)
    before = {piece.annotation.id for piece in first.pieces}
    change = edits.tag(layout.tagging, ARTICLE, Kind.CLAIM, [(17, 40)])
    layout.tagging.apply(change)
    layout.forget_tags(change.after)
    renewed, same, _ = paragraphs(layout)
    assert same is second
    assert renewed.lines is first.lines
    assert before == {"a-000000"}
    assert {piece.annotation for piece in renewed.pieces} == set(layout.tagging)


def test_another_width_gives_other_lines(layout: ArticleLayout) -> None:
    before = paragraphs(layout)[0].lines
    end = before.between((0, 20))[1]
    layout.document.setTextWidth(300)
    after = paragraphs(layout)[0].lines
    assert after is not before
    assert after.between((0, 20))[1] < end


def test_what_is_painted_is_kept_until_its_own_tags_look_otherwise(layout: ArticleLayout) -> None:
    first = paragraphs(layout)[0]
    plain = first.display_list(LIGHT, NOTHING, NOTHING, WHOLE)
    elsewhere = frozenset({"c-far000"})
    assert first.display_list(LIGHT, elsewhere, elsewhere, WHOLE) is plain
    lit = first.display_list(LIGHT, frozenset({"a-000000"}), NOTHING, WHOLE)
    assert lit.fills[0][0] == LIGHT.kinds[Kind.ATTRIBUTION].lit
    dark = first.display_list(DARK, NOTHING, NOTHING, WHOLE)
    assert dark.fills[0][0] == DARK.kinds[Kind.ATTRIBUTION].fill


def test_chips_and_labels_are_kept_for_the_same_style(layout: ArticleLayout) -> None:
    first = paragraphs(layout)[0]
    one, other = (
        new_style(PlainLabels(), layout.tagging, LIGHT, 12.0, (520.0, right))
        for right in (800.0, 540.0)
    )
    assert [chip.words for chip in first.chips(one.margin)] == ["kcna"]
    assert first.labels(one, NOTHING, WHOLE, None) is first.labels(one, NOTHING, WHOLE, None)
    assert [chip.words for chip in first.chips(other.margin)] == [""]
