from __future__ import annotations

from pathlib import Path

from annotator.core.text.article import Article
from annotator.storage.articles_in.new_files import free_stem, known_articles, stem_of


def test_articles_are_known_by_their_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffSì.\r\n".encode())
    (tmp_path / "b.md").write_text("Sì.\n", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    (tmp_path / "c.pdf").write_text("No.\n", "utf-8")
    assert known_articles(tmp_path) == {Article("Sì.\n").sha256: tmp_path / "a.txt"}
    assert known_articles(tmp_path / "missing") == {}


def test_a_name_is_that_of_a_file_on_any_system() -> None:
    assert stem_of("La città: «è»?/..") == "La-città-«è»"
    assert stem_of("...") == "article"


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert free_stem("Corea", {"seoul"}) == "Corea"
    assert free_stem("Corea", {"corea", "corea-2"}) == "Corea-3"
