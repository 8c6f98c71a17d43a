"""``annotator feedback`` on the command line."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from annotator.start import main
from annotator.storage.files.annotation_file import document_bytes
from tests.review.scripted import scripted_review
from tests.review.taggings import seed_document


class Said(NamedTuple):
    """What a command wrote, and how it ended."""

    out: list[str]
    err: str
    code: int


class Command:
    """The command, as typed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *args: str | Path) -> Said:
        self.monkeypatch.setattr(sys, "argv", ["annotator", "feedback", *map(str, args)])
        with pytest.raises(SystemExit) as end:
            main()
        code = end.value.code
        assert isinstance(code, int)
        out, err = self.capsys.readouterr()
        return Said(out.splitlines(), err, code)


@pytest.fixture
def feedback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(monkeypatch, capsys)


@pytest.fixture
def review(seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Carla's review, in a copy of the seed folder."""
    shutil.copytree(seeds, tmp_path / "nk-russia")
    monkeypatch.chdir(tmp_path)
    written = replace(scripted_review().document(), article=seed_document("anna").article)
    path = Path("nk-russia/annotations/corea-del-nord.carla.review.yaml")
    path.write_bytes(document_bytes(written))
    return path


ANNA, BORIS = (str(Path("out", f"feedback-{who}.html")) for who in ("anna", "boris"))


def test_each_annotator_gets_a_page(feedback: Command, review: Path) -> None:
    assert feedback(review, "-o", "out") == ([ANNA, BORIS], "", 0)
    page = Path(ANNA).read_text("utf-8")
    assert "Feedback for <bdi>anna</bdi>" in page
    assert "A claim ends where the next fact begins." in page


def test_a_folder_an_article_and_the_review_itself_give_the_same_pages(
    feedback: Command, review: Path
) -> None:
    feedback(review, "-o", "out")
    page = Path(ANNA).read_bytes()
    for path in ("nk-russia", "nk-russia/corea-del-nord.txt"):
        assert feedback(path, review, "-o", "out", "--force").code == 0
        assert Path(ANNA).read_bytes() == page


def test_reviews_of_several_articles_are_on_one_page(feedback: Command, review: Path) -> None:
    shutil.copytree("nk-russia", "more")
    assert feedback("nk-russia", "more", "-o", "out").out == [ANNA, BORIS]
    page = Path(ANNA).read_text("utf-8")
    assert "On 2 articles, reviewed by <bdi>carla</bdi>." in page
    for number, name in enumerate(("nk-russia", "more"), start=1):
        article = f"<bdi>{name}/corea-del-nord.txt</bdi>"
        assert f'<a href="#article-{number}">{article}</a>' in page
        assert f'<h2 id="article-{number}">{article}' in page


def test_two_reviews_of_one_article_are_told_apart(feedback: Command, review: Path) -> None:
    other = review.with_name("corea-del-nord.dora.review.yaml")
    text = review.read_text("utf-8").replace("annotator: carla", "annotator: dora")
    other.write_text(text, "utf-8")
    assert feedback("nk-russia", "-o", "out").code == 0
    page = Path(ANNA).read_text("utf-8")
    reviewers = "reviewed by <bdi>carla</bdi> and <bdi>dora</bdi>."
    assert f"On <bdi>corea-del-nord.txt</bdi>, {reviewers}" in page


def test_whose_tagging_is_gone_is_said_and_the_others_get_their_page(
    feedback: Command, review: Path
) -> None:
    review.with_name("corea-del-nord.boris.yaml").unlink()
    said = feedback(review, "-o", "out")
    assert (said.out, said.code) == ([ANNA], 1)
    assert said.err == f"{review}: the tagging of boris is not there; nothing is told.\n"


def test_names_that_look_alike_get_a_page_each(feedback: Command, review: Path) -> None:
    review.with_name("corea-del-nord.boris.yaml").unlink()
    other = review.with_name("corea-del-nord.anna-2.yaml")
    anna = review.with_name("corea-del-nord.anna.yaml").read_text("utf-8")
    other.write_text(anna.replace("annotator: anna", "annotator: Anna"), "utf-8")
    review.write_text(review.read_text("utf-8").replace("boris", "Anna"), "utf-8")
    said = feedback(review, "-o", "out")
    assert said.out == [ANNA, str(Path("out", "feedback-anna-2.html"))]


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("nk-russia/annotations/corea-del-nord.anna.yaml", "it is no review"),
        ("none.review.yaml", "none.review.yaml"),
        ("empty", "empty"),
    ],
)
def test_where_there_is_nothing_to_tell_it_says_so_and_writes_nothing(
    feedback: Command, review: Path, path: str, sentence: str
) -> None:
    Path("empty").mkdir()
    said = feedback(path, "-o", "out")
    assert (said.out, said.code) == ([], 2)
    assert sentence in said.err
    assert not Path("out").exists()


def test_an_unsound_review_is_left_out_with_its_line(feedback: Command, review: Path) -> None:
    bad = review.with_name("corea-del-nord.dora.review.yaml")
    bad.write_text("format: source-attribution/1\nbad: 1\n", "utf-8")
    said = feedback("nk-russia", "-o", "out")
    assert (said.out, said.code) == ([ANNA, BORIS], 1)
    assert str(bad) in said.err
    assert said.err.count("\n") == 1
