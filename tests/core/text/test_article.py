from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import ArticleError
from annotator.core.text import article
from annotator.core.text.article import Article, canonical, read_article
from tests.core.builders import NEWS


def refused(data: bytes) -> str:
    with pytest.raises(ArticleError) as caught:
        read_article(data, "seul.txt")
    return str(caught.value)


def test_a_span_carries_its_words_and_32_code_points_on_each_side() -> None:
    span = NEWS.span(39, 61)
    assert span.exact == "Lo riferisce la Yonhap"
    assert span.prefix == NEWS.text[7:39]
    assert span.suffix == NEWS.text[61:93]
    assert len(span.prefix) == len(span.suffix) == 32


def test_a_span_at_the_very_start_and_one_at_the_very_end_have_what_context_there_is() -> None:
    assert NEWS.span(10, 12).prefix == "Pyongyang "
    text = "Seul tace"
    assert Article(text).span(0, 4) == (0, 4, "Seul", "", " tace", ())
    assert Article(text).span(5, 9) == (5, 9, "tace", "Seul ", "", ())


def test_a_span_counts_an_emoji_as_one() -> None:
    assert Article("😀😀 Seul").span(3, 7).exact == "Seul"


def test_a_mention_carries_no_context() -> None:
    assert NEWS.inner_span(0, 9) == (0, 9, "Pyongyang", None, None, ())


def test_the_digest_is_of_the_canonical_bytes() -> None:
    read = read_article("\ufeffÈ vero.\r\n".encode(), "seul.txt")
    assert read.sha256 == hashlib.sha256("È vero.\n".encode()).hexdigest()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_becomes_a_line_feed(end: str) -> None:
    assert read_article(f"uno{end}{end}due".encode(), "seul.txt").text == "uno\n\ndue"


def test_only_one_mark_at_the_head_is_a_byte_order_mark() -> None:
    assert read_article("\ufeff\ufeffSeul\ufeff".encode(), "seul.txt").text == "\ufeffSeul\ufeff"


def test_blanks_that_look_like_others_are_left_as_they_are() -> None:
    text = "\xa0Seul\u2028tace\t \u3000fine\x85\x0b"
    assert canonical(text, "seul.txt") == text


def test_another_encoding_is_refused_with_its_line_and_byte() -> None:
    sentence = refused("uno\ndue\nperché".encode("latin-1"))
    assert sentence.startswith("seul.txt:3: byte 0xe9 is not UTF-8 text")


def test_utf16_is_refused() -> None:
    assert "not UTF-8" in refused("Seul".encode("utf-16"))


def test_a_nul_is_refused_with_its_line() -> None:
    assert refused(b"uno\n\0due").startswith("seul.txt:2: a NUL character")


def test_half_a_character_is_refused() -> None:
    assert "not UTF-8" in refused("uno\ud83d".encode("utf-8", "surrogatepass"))
    with pytest.raises(ArticleError, match=r"^seul\.txt:2: half a character"):
        canonical("uno\n\udc00", "seul.txt")


@pytest.mark.parametrize("text", ["", "\ufeff", " \r\n\t\xa0\u3000"])
def test_an_empty_article_is_refused(text: str) -> None:
    assert refused(text.encode()) == "seul.txt: the article is empty; there is nothing to tag."


def test_an_article_that_is_too_long_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article, "LONGEST", 2_000_000)
    sentence = refused(b"\xff" * 3_000_000)
    assert sentence == "seul.txt: 3 MB is too long for one article; split it into parts."


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_what_was_read_once_is_read_the_same_again(text: str) -> None:
    try:
        once = read_article(text.encode(), "seul.txt").text
    except ArticleError:
        assert not text.removeprefix("\ufeff").strip()
        return
    assert "\r" not in once
    assert read_article(b"\xef\xbb\xbf" + once.encode(), "seul.txt").text == once
