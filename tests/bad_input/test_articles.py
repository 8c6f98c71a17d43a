"""Articles that are no text: one sentence says what, where and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import ArticleError
from annotator.core.text.article import canonical
from tests.bad_input.sound import TEXT, YAML, Check, Told


def test_the_folder_is_sound_before_it_is_spoilt(check: Check) -> None:
    assert check(".") == Told("", "1 file, no format errors\n", 0)


ARTICLES = {
    "not UTF-8": (
        b"Notizia.\nLa Corea \xe8 lontana.\n",
        "a.txt:2: byte 0xe8 is not UTF-8 text; save the article as UTF-8 and open it again",
    ),
    "UTF-16": (
        TEXT.encode("utf-16"),
        "a.txt:1: byte 0xff is not UTF-8 text; save the article as UTF-8 and open it again",
    ),
    "a lone surrogate": (
        b"Notizia \xed\xa0\xbd.\n",
        "a.txt:1: byte 0xed is not UTF-8 text; save the article as UTF-8 and open it again",
    ),
    "NUL": (b"Notizia.\n\n\0", "a.txt:3: a NUL character; this is not a text file"),
    "empty": (b"", "a.txt: the article is empty; there is nothing to tag"),
    "only a BOM and blanks": (
        b"\xef\xbb\xbf \r\n",
        "a.txt: the article is empty; there is nothing to tag",
    ),
    "50 MB": (
        b"Notizia.\n" * 5_555_556,
        "a.txt: 50 MB is too long for one article; split it into parts",
    ),
}


@pytest.mark.parametrize(("data", "sentence"), ARTICLES.values(), ids=ARTICLES)
def test_an_article_that_cannot_be_counted_in_is_told(
    check: Check, data: bytes, sentence: str
) -> None:
    Path("a.txt").write_bytes(data)
    told = check(YAML)
    assert told.out == f"{YAML}:3: article.file: {sentence}\n"
    assert told.code == 1


def test_a_lone_surrogate_in_pasted_text_is_told() -> None:
    with pytest.raises(ArticleError) as refusal:
        canonical("Notizia.\nfine \ud83d", "pasted text")
    assert str(refusal.value) == (
        "pasted text:2: half a character (a lone surrogate); save it as UTF-8."
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["BOM", "CR LF", "CR"],
)
def test_an_article_with_other_line_ends_or_a_mark_is_the_same_article(
    check: Check, data: bytes
) -> None:
    Path("a.txt").write_bytes(data)
    assert check(".") == Told("", "1 file, no format errors\n", 0)
