"""Names that articles make say something, offered as new sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.sources import Registry, Source
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.suggest.names import MOST, Name, names_in, names_in_folder


def found(text: str, language: str | None = "it", *known: Source) -> list[str]:
    return [one.name for one in names_in(text, Registry(known), language)]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("it", "Secondo la Reuters, piove. Ieri l'Ansa ha detto no.", ["Reuters", "Ansa"]),
        ("it", "Il ministro Kim Jong-gyu ha negato tutto.", ["Kim Jong-gyu"]),
        ("en", "Conan O'Brien said so.", ["Conan O'Brien"]),
        ("it", "L'Ansa ha riferito che la pioggia è finita.", ["Ansa"]),
        ("en", "The Pentagon said on Monday that it had moved.", ["Pentagon"]),
        ("en", "President Vladimir Putin told them so.", ["Vladimir Putin"]),
        ("en", "The Ministry of Defence of Mali said so.", ["Ministry of Defence of Mali"]),
        ("en", "The secretary of state was there. He said no.", []),
        ("en", "But it was late, Mr. Trump said to the press.", ["Trump"]),
        ("ru", "Как сообщает РИА Новости, все было так.", ["РИА Новости"]),
        ("ru", "Министр Сергей Лавров заявил, что это не так.", ["Сергей Лавров"]),
        ("ko", "연합뉴스에 따르면 북한군이 파병됐다.", ["연합뉴스"]),
        ("ko", "러시아 국방부는 이를 부인했다고 밝혔다.", ["러시아 국방부"]),
        ("de", "Die Agentur Reuters sagt, dass es regnet.", []),
    ],
)
def test_whoever_stands_beside_reporting_words_is_found(
    language: str, text: str, names: list[str]
) -> None:
    assert found(text, language) == names


def test_without_a_stated_language_it_is_the_one_that_the_text_looks_like() -> None:
    text = "The Pentagon said on Monday that the troops were not in the country."
    assert found(text, None) == ["Pentagon"]


def test_a_short_form_in_brackets_belongs_to_the_name_and_counts_for_it() -> None:
    text = "Secondo la Korean Central News Agency (KCNA), no. Secondo la KCNA, mai."
    assert names_in(text, Registry(), "it") == [Name("Korean Central News Agency", "KCNA", 2)]


def test_who_is_cited_most_comes_first() -> None:
    text = "Secondo la Reuters, no. Secondo la Yonhap, sì. Secondo la Yonhap, no."
    assert [(one.name, one.times) for one in names_in(text, Registry(), "it")] == [
        ("Yonhap", 2),
        ("Reuters", 1),
    ]


def test_a_source_that_is_known_under_any_of_its_names_is_not_offered() -> None:
    kcna = Source(id="kcna", name="Korean Central News Agency", aliases=("KCNA",))
    assert found("Secondo la KCNA, no. Secondo la Reuters, sì.", "it", kcna) == ["Reuters"]


def test_the_sample_offers_its_own_sources_where_none_is_known(seeds: Path) -> None:
    text = (seeds / "corea-del-nord.txt").read_text("utf-8")
    offered = {form for one in names_in(text, Registry()) for form in (one.name, one.short)}
    assert offered >= {"Yonhap", "KCNA", "RBC", "Kim Jong-gyu", "Corea del Nord"}
    known = parse_registry((seeds / "sources.yaml").read_bytes(), "sources.yaml")
    assert not {"Yonhap", "KCNA", "RBC", "Kim Jong-gyu"} & {
        one.name for one in names_in(text, known)
    }


def test_a_folder_sums_over_its_articles_and_leaves_out_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(
        "Secondo la Reuters non piove. La Reuters ha detto di sì.", "utf-8"
    )
    (tmp_path / "2.txt").write_text("Secondo la Reuters piove ancora, e non è finita.", "utf-8")
    (tmp_path / "3.txt").write_bytes("Secondo l'Ansa, è così.".encode("utf-16"))
    told: list[tuple[int, int]] = []
    names = names_in_folder(Folder(tmp_path), Registry(), lambda *now: told.append(now))
    assert names == [Name("Reuters", None, 3, 2)]
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_of_a_very_long_text_only_the_beginning_is_looked_at() -> None:
    assert found("Piove. " * MOST + "Secondo la Reuters, no.") == []


@given(st.text(max_size=200))
def test_every_name_stands_in_the_text(words: str) -> None:
    text = f"Secondo {words} ha detto la Reuters (RTR) che {words}"
    for one in names_in(text, Registry(), "it"):
        assert one.name in text
        assert one.name.strip() == one.name != ""


def test_an_article_that_is_a_link_out_of_the_folder_is_not_looked_into(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "private.txt"
    folder.mkdir()
    outside.write_text("Secondo la Reuters non piove. La Reuters ha detto di sì.", "utf-8")
    (folder / "a.txt").symlink_to(outside)
    assert names_in_folder(Folder(folder), Registry()) == []
