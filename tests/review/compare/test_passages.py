"""Words in their context, before and after."""

from __future__ import annotations

from hypothesis import given

from annotator.core.model import Annotation, Kind
from annotator.core.text.article import Article
from annotator.review.compare.passages import CONTEXT, Stretch, StretchPart, passage
from tests.review.taggings import ARTICLE, TEXT, make, tagged


def test_what_only_one_has_is_marked_on_its_side() -> None:
    long, short = make("c-1", (18, 30)), make("c-2", (19, 29))
    alone = [one for one in passage(TEXT, long, short) if one.part is StretchPart.ALONE]
    assert alone == [Stretch(TEXT[18], StretchPart.ALONE), Stretch(TEXT[29], StretchPart.ALONE)]
    assert all(one.part is not StretchPart.ALONE for one in passage(TEXT, short, long))


def test_context_is_cut_at_blanks_and_ends_where_the_article_does() -> None:
    first, *_, last = passage(TEXT, make("c-1", (80, 90)), None)
    assert first.words.startswith("… ")
    assert last.words.endswith(" …")
    assert TEXT[80 - CONTEXT : 80].endswith(first.words[2:])
    whole = passage(TEXT, make("c-1", (0, len(TEXT))), None)
    assert whole == (Stretch(TEXT, StretchPart.TAGGED),)


def test_the_context_is_that_of_the_paragraph() -> None:
    article = Article("Notizia\n\nLa KCNA tace.\n\nal piano di sopra")
    one = Annotation(id="a-1", kind=Kind.ATTRIBUTION, spans=(article.span(12, 16),))
    assert "".join(part.words for part in passage(article.text, one, None)) == "La KCNA tace."


def test_words_without_any_blank_are_cut_all_the_same() -> None:
    article = Article("北" * 500)
    one = Annotation(id="c-1", kind=Kind.CLAIM, spans=(article.span(200, 210),))
    first, tagged_words, last = passage(article.text, one, None)
    assert (len(first.words), len(last.words)) == (CONTEXT + 2, CONTEXT + 2)
    assert tagged_words.words == "北" * 10


def test_of_a_very_long_claim_both_ends_are_shown() -> None:
    article = Article("parola " * 200)
    one = Annotation(id="c-1", kind=Kind.CLAIM, spans=(article.span(0, 1300),))
    shown = passage(article.text, one, None)[0].words
    assert len(shown) < 200
    assert " … … " not in shown
    assert " … " in shown


@given(tagged(most=2))
def test_both_sides_together_lose_no_word(found: tuple[Annotation, ...]) -> None:
    for one in found:
        for other in (*found, None):
            stretches = passage(ARTICLE.text, one, other)
            words = "".join(s.words for s in stretches if s.part is not StretchPart.CONTEXT)
            assert words == "".join(span.exact for span in one.spans)
