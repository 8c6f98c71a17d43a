from __future__ import annotations

from pathlib import Path

import pytest

from annotator.suggest.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Secondo la KCNA, l'invio di truppe rientra negli obblighi del paese.", "it"),
        ("According to the agency, the troops were sent with the consent of Moscow.", "en"),
        ("연합뉴스는 KCNA를 인용해 보도했다.", "ko"),
        ("Агентство сообщило со ссылкой на KCNA.", "ru"),
        ("KCNA 2025", None),
        ("نقلت الجزيرة ذلك", None),
        ("", None),
    ],
)
def test_the_language_is_guessed_from_script_and_small_words(
    text: str, language: str | None
) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("stated", "language"), [("it", "it"), ("en-GB", "en"), ("KO", "ko"), ("de", None)]
)
def test_what_the_file_states_is_not_guessed(stated: str, language: str | None) -> None:
    assert language_of("Агентство сообщило", stated) == language


def test_the_seed_article_is_italian(seeds: Path) -> None:
    assert language_of((seeds / "corea-del-nord.txt").read_text("utf-8")) == "it"
