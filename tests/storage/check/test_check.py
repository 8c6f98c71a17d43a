from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from annotator.core.errors import FormatError, StorageError
from annotator.core.model import (
    Annotation,
    ArticleRef,
    Comment,
    Decision,
    Document,
    Kind,
    Verdict,
)
from annotator.core.sources import Registry, Source
from annotator.core.text.article import Article
from annotator.start import main
from annotator.storage.check import check
from annotator.storage.check.check import check_files, files_in
from annotator.storage.check.report import CheckReport
from annotator.storage.files.annotation_file import document_bytes
from annotator.storage.files.source_file import registry_bytes
from tests.checked import check_file
from tests.torture.mutating import mutate

ANNA = Path("annotations/corea-del-nord.anna.yaml")
BORIS = Path("annotations/corea-del-nord.boris.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the seeds, which is where we are."""
    copy = tmp_path / "nk-russia"
    shutil.copytree(seeds, copy)
    monkeypatch.chdir(copy)
    return copy


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def lines(path: Path) -> list[str]:
    return [str(finding) for finding in check_file(path)]


def report(*paths: Path) -> CheckReport:
    return check_files(files_in(paths), list[int]().append)


def make_many(folder: Path, articles: int) -> None:
    text, anna = Path("corea-del-nord.txt").read_bytes(), ANNA.read_bytes()
    for number in range(articles):
        (folder / f"art-{number}.txt").write_bytes(text)
        own = anna.replace(b"../corea-del-nord.txt", b"../art-%d.txt" % number)
        (folder / f"annotations/art-{number}.anna.yaml").write_bytes(own)


def test_the_seeds_are_without_problems() -> None:
    assert report(Path()).summary == "3 files, no format errors"


def test_every_kind_of_mistake_is_told_at_its_line() -> None:
    change(
        ANNA, 'exact: "la Corea del Nord ha confermato', 'exact: "la Corea del Sud ha confermato'
    )
    change(ANNA, "via: a-v5n0ke", "via: a-v5n0kx")
    change(ANNA, "source: kcna", "source: kcnaa")
    assert lines(ANNA) == [
        f"{ANNA}:14: a-2m7xkq: exact is “la Corea del Sud ha confermato ufficialm…”, "
        "expected “la Corea del Nord ha confermato ufficial…” as in the article",
        f"{ANNA}:20: a-2m7xkq: via a-v5n0kx is not in this file, "
        "expected the id of an attribution in it",
        f"{ANNA}:37: a-v5n0ke: the source kcnaa is not in the registry (sources.yaml), "
        "expected kcna",
    ]


def test_the_lines_are_those_of_the_file_where_annotations_stand_in_another_order() -> None:
    head, *annotations = ANNA.read_text("utf-8").split("- id: ")
    change(ANNA, "via: a-v5n0ke", "via: a-v5n0kx")
    first = ANNA.read_text("utf-8").split("- id: ")[1]
    text = "- id: ".join((head, *annotations[1:], first))
    ANNA.write_text(text, "utf-8")
    [finding] = check_file(ANNA)
    assert finding.what == "a-2m7xkq: via a-v5n0kx is not in this file"
    assert text.splitlines()[finding.line - 1] == "  via: a-v5n0kx"


def test_a_file_that_breaks_the_format_is_told_by_that_alone() -> None:
    change(ANNA, "kind: claim", "kind: clame")
    change(ANNA, "via: a-v5n0ke", "via: a-v5n0kx")
    [finding] = check_file(ANNA)
    assert finding.code == "format"
    assert "'clame'" in finding.what


def test_a_changed_article_is_told_at_its_hash() -> None:
    text = Path("corea-del-nord.txt").read_text("utf-8") + "Fine.\n"
    Path("corea-del-nord.txt").write_text(text, "utf-8")
    assert lines(ANNA) == [
        f"{ANNA}:4: the article was changed since it was tagged: its sha256 was 7c4738d45408…, "
        f"expected {Article(text).sha256[:12]}…"
    ]


def test_a_missing_article_is_told_at_its_name_and_the_rest_is_checked_all_the_same() -> None:
    Path("corea-del-nord.txt").unlink()
    change(ANNA, "via: a-v5n0ke", "via: a-v5n0kx")
    gone, dangling = lines(ANNA)
    assert gone == (
        f"{ANNA}:3: article.file: corea-del-nord.txt cannot be read: "
        "it is not there (any more); look whether it was moved or renamed"
    )
    assert "a-v5n0kx" in dangling


def test_an_article_that_is_no_ordinary_file_is_not_waited_for() -> None:
    Path("corea-del-nord.txt").unlink()
    os.mkfifo("corea-del-nord.txt")
    [line] = lines(ANNA)
    assert line == (
        f"{ANNA}:3: article.file: corea-del-nord.txt cannot be read: it is not an ordinary file; "
        "remove it or choose another one"
    )


def test_sources_are_looked_up_in_the_registry_of_the_article() -> None:
    change(Path("sources.yaml"), "id: kcna", "id: korean-central-news-agency")
    assert {finding.code for finding in check_file(ANNA)} == {"unknown-source"}


def test_without_a_registry_the_sources_of_the_sample_are_known_where_they_are_named() -> None:
    Path("sources.yaml").unlink()
    assert lines(ANNA) == []
    change(ANNA, "source: kcna", "source: kcnaa")
    assert [finding.code for finding in check_file(ANNA)] == ["unknown-source"]


def test_a_broken_registry_is_told_once_for_all_that_need_it() -> None:
    Path("sources.yaml").write_text("format: source-registry/1\nsources: 7\n", "utf-8")
    told = "sources.yaml:2: sources is 7, expected a list"
    assert lines(ANNA) == [told]
    assert report(Path()).as_text == f"{told}\n"


def test_a_registry_is_checked_for_keys_that_cannot_work() -> None:
    registry = Registry((Source(id="un", name="United Nations", key="u"),))
    Path("other.yaml").write_bytes(registry_bytes(registry))
    [line] = lines(Path("other.yaml"))
    assert line == "other.yaml:5: the key U is a command of the window, expected another letter"


def review_of(*names: str, **more: object) -> Path:
    """A review by carla beside the taggings, with one agreed claim."""
    article = Article(Path("corea-del-nord.txt").read_text("utf-8"))
    length = len(article.text)
    ref = ArticleRef(file="../corea-del-nord.txt", sha256=article.sha256, length=length)
    agreed = Annotation(id="c-8r3tdw", kind=Kind.CLAIM, spans=(article.span(237, 315),))
    review = Document(article=ref, annotator="carla", annotations=(agreed,), reviews=names)
    path = Path("annotations/corea-del-nord.carla.review.yaml")
    path.write_bytes(document_bytes(replace(review, **more)))  # type: ignore[arg-type]
    return path


def test_a_review_is_checked_like_any_tagging_and_for_its_decisions() -> None:
    decision = Decision(of="anna#c-8r3tdw", verdict=Verdict.ACCEPTED, as_id="c-8r3tdx")
    [line] = lines(review_of("anna", decisions=(decision,)))
    assert line.endswith(
        ": the decision's as: c-8r3tdx is not in this file, "
        "expected the id of an agreed annotation in it"
    )


def test_a_review_is_compared_with_the_taggings_it_is_of() -> None:
    decision = Decision(of="boris#q-000000", verdict=Verdict.REJECTED)
    remark = Comment(of="anna#c-8r3tdw", by="carla", text="well")
    path = review_of("anna", "boris", decisions=(decision,), comments=(remark,))
    assert lines(path) == [
        f"{path}:10: the decision is on boris#q-000000, which is no longer in the tagging of "
        "boris, expected the id of a tag that is there, or no decision"
    ]
    ANNA.unlink()
    assert lines(path)[0] == (
        f"{path}:8: reviews: there is no tagging of this text by anna here that can be read, "
        "expected their file beside this"
    )
    change(BORIS, "7c4738d4", "00000000")
    assert [line.partition(" expected")[0] for line in lines(path)] == [
        f"{path}:8: reviews: there is no tagging of this text by {who} here that can be read,"
        for who in ("anna", "boris")
    ]


def test_two_decisions_on_one_tag_are_one_too_many() -> None:
    decision = Decision(of="boris#c-q8m1zk", verdict=Verdict.REJECTED)
    path = review_of("boris", decisions=(decision, decision))
    assert lines(path) == [f"{path}:11: boris#c-q8m1zk is decided on twice, expected one decision"]


def test_a_folder_is_searched_for_what_is_ours_and_for_nothing_else(folder: Path) -> None:
    for stray in ("notes.yaml", "annotations/.hidden.yaml", ".git/annotations/a.yaml"):
        (folder / stray).parent.mkdir(parents=True, exist_ok=True)
        (folder / stray).write_text("not: ours\n", "utf-8")
    (folder / "deep/er/annotations").mkdir(parents=True)
    (folder / "deep/er/annotations/b.anna.yml").write_text("", "utf-8")
    deep = Path("deep/er/annotations/b.anna.yml")
    assert files_in([Path()]) == [ANNA, BORIS, deep, Path("sources.yaml")]


def test_the_folder_of_annotations_may_be_where_we_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("annotations")
    assert files_in([Path()]) == [Path(ANNA.name), Path(BORIS.name)]


def test_a_file_that_is_named_is_checked_whatever_its_name_and_only_once() -> None:
    ANNA.rename("copy.yaml")
    assert files_in([Path("copy.yaml"), Path("copy.yaml")]) == [Path("copy.yaml")]


def test_a_folder_that_cannot_be_listed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(top: Path, onerror: object) -> Iterator[object]:
        assert callable(onerror)
        onerror(PermissionError(13, "no", "annotations"))
        yield from ()

    monkeypatch.setattr("os.walk", refused)
    with pytest.raises(StorageError, match="annotations cannot be listed: you may not do that"):
        files_in([Path()])


def test_a_problem_is_one_line_whatever_the_file_says() -> None:
    change(ANNA, "annotator: anna", 'annotator: anna\n"sta\\ntus\\e[2J": done')
    [line] = lines(ANNA)
    assert r"sta\ntus\x1b[2J" in line
    assert line.isprintable()


def annotator(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "annotator", "check", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[3])},
    )


def test_the_command_is_silent_on_its_output_where_all_is_well() -> None:
    told = annotator(".")
    assert (told.stdout, told.stderr, told.returncode) == ("", "3 files, no format errors\n", 0)


def test_more_files_than_a_few_are_checked_by_several_processes(folder: Path) -> None:
    make_many(folder, 50)
    change(Path("annotations/art-7.anna.yaml"), "status: done", "status: dune")
    change(Path("annotations/art-31.anna.yaml"), "via: a-v5n0ke", "via: a-v5n0kx")
    change(Path("annotations/art-31.anna.yaml"), "status: done", "status: done # by hand")
    told = annotator(".")
    assert told.returncode == 1
    assert told.stderr == "53 files, 2 format errors in 2 files\n"
    assert told.stdout == (
        "annotations/art-31.anna.yaml:20: a-2m7xkq: via a-v5n0kx is not in this file, "
        "expected the id of an attribution in it\n"
        "annotations/art-7.anna.yaml:8: status is 'dune', expected in-progress or done\n"
    )


def test_many_files_are_told_of_as_they_are_done(folder: Path) -> None:
    make_many(folder, 30)
    done: list[int] = []
    report = check_files(files_in([folder])[:32], done.append)
    assert (sum(done), report.files, report.found) == (32, 32, ())
    assert len(done) > 1


def test_programs_get_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    change(ANNA, "source: kcna", "source: kcnaa")
    monkeypatch.setattr(sys, "argv", ["annotator", "check", "--format", "json", str(ANNA)])
    with pytest.raises(SystemExit) as end:
        main()
    told = capsys.readouterr()
    assert end.value.code == 1
    assert told.err == "1 file, 1 format error in 1 file\n"
    assert json.loads(told.out) == {
        "files": 1,
        "format_errors": [
            {
                "file": str(ANNA),
                "line": 37,
                "what": "a-v5n0ke: the source kcnaa is not in the registry (sources.yaml)",
                "expected": "kcna",
                "code": "unknown-source",
            }
        ],
    }


def test_a_bad_hash_in_a_header_is_told_and_the_check_goes_on(folder: Path) -> None:
    header = folder / "corea-del-nord.article.yaml"
    header.write_text("format: article-header/1\nsha256: abc\nlength: 2171\n", "utf-8")
    report = check_files(files_in([folder]), lambda _: None)
    assert [str(one).partition(": ")[2] for one in report.found] == [
        "sha256 is 'abc', expected something like 64 digits of 0-9 and a-f"
    ]


def test_a_file_over_which_the_check_stumbles_does_not_end_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(data: bytes, name: str) -> object:
        raise ZeroDivisionError(name) if "anna" in name else FormatError(name, 1, "no")

    monkeypatch.setattr(check, "parse_document", stumble)
    codes = [one.code for one in check_files(files_in([folder]), lambda _: None).found]
    assert "unreadable" in codes


def test_checking_file_after_file_takes_no_more_memory(folder: Path) -> None:
    path = folder / "annotations" / "corea-del-nord.anna.yaml"
    sound = path.read_bytes()

    def blocks(seed: int) -> int:
        random = Random(seed)
        for _ in range(60):
            path.write_bytes(mutate(sound, random, "text"))
            check_file(path, with_problems=True)
        gc.collect()
        return sys.getallocatedblocks()

    first, *more = [blocks(seed) for seed in range(5)][1:]
    assert max(more) - first < 360  # not one for each of the files, and their names vary
