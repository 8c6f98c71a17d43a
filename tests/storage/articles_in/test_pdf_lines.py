"""Letters as they stand on a page become words as they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.storage.articles_in.pdf import read_pdf
from annotator.storage.articles_in.pdf_lines import as_read, is_leftward
from tests.storage.articles_in.pages import pdf

LATIN = st.text(st.characters(categories=["Lu", "Ll", "Zs", "Po"], max_codepoint=0x24F))
HEBREW = st.text(st.sampled_from("אבגדהוזחטיכלמנ ,.?"))


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("ايسور ىلإ تاوق", "قوات إلى روسيا"),
        ("2025 ليربأ 28 موي", "يوم 28 أبريل 2025"),
        ("موي (KCNA) ةلاكو", "وكالة (KCNA) يوم"),
        ("موي )KCNA( ةلاكو", "وكالة (KCNA) يوم"),
        (".»كسروك ةقطنم« تاوقلا", "القوات «منطقة كورسك»."),
        ("يدنج 12,000 ددعلا", "العدد 12,000 جندي"),
        ("03-11-2024 يف", "في 2024-11-03"),
        ("רלוד 1,500.50 :ריחמ", "מחיר: 1,500.50 דולר"),
        ("2025-04 םוי", "יום 2025-04"),
        ("The word םלוע םולש means peace (םאלס).", "The word שלום עולם means peace (סלאם)."),
        ("“조선중앙통신”은 1만 2천 명", "“조선중앙통신”은 1만 2천 명"),
        ("", ""),
    ],
)
def test_a_line_is_read_in_the_direction_of_its_script(seen: str, read: str) -> None:
    assert as_read(seen, is_leftward(read)) == read


def test_a_line_of_few_letters_follows_its_paragraph() -> None:
    assert as_read("Yonhap News-ו KCNA יפל", True) == "לפי KCNA ו-Yonhap News"


def test_letters_drawn_as_one_keep_their_order() -> None:
    assert as_read(["ء", "ا", "ب", "ن", "لأ", "ا"], True) == "الأنباء"


@given(LATIN)
def test_what_is_read_to_the_right_stays_as_it_is(line: str) -> None:
    assert as_read(line, is_leftward(line)) == line


@given(HEBREW)
def test_what_is_read_to_the_left_is_read_backwards(line: str) -> None:
    assert as_read(line[::-1], True) == line


def test_what_one_font_drew_first_stands_where_it_is_seen() -> None:
    row = [
        (76.1, 700.0, "\x93"),
        (103.3, 700.0, "\x94 "),
        (50.0, 700.0, "disse"),
        (79.4, 700.0, "piove"),
    ]
    drawn = [(x, y, words.encode("latin-1").decode("cp1252")) for x, y, words in row]
    assert read_pdf(pdf(drawn), "a.pdf", None).text == "disse “piove”\n"


def test_a_word_drawn_twice_to_be_bold_is_there_once() -> None:
    drawn = [(50.0, 700.0, "Notizia"), (50.3, 700.0, "Notizia"), (50.0, 670.0, "See all")]
    assert read_pdf(pdf(drawn), "a.pdf", None).text == "Notizia\n\nSee all\n"
