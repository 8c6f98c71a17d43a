"""brat: our own out and back without loss, and corpora as they are found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotator.core.errors import FormatError, StorageError
from annotator.core.model import Annotation, Certainty, Kind, Stance, Unattributed
from annotator.core.text.article import read_article
from annotator.formats.brat.format import FORMAT
from annotator.formats.brat.lines import parse
from annotator.formats.exporting import export_files
from annotator.formats.format import Imported, Left, Tagged
from annotator.formats.importing import import_files
from annotator.storage.reading import annotation_files_in
from tests.formats.tagged import REGISTRY, assert_lossless, tagged

GOLDEN = Path(__file__).parents[1] / "golden" / "brat"


def nothing(*_: int) -> None: ...


@settings(max_examples=60)
@given(tagged())
def test_there_and_back_nothing_is_lost(one: Tagged) -> None:
    assert_lossless(FORMAT, one)


def test_the_sample_is_the_golden_one(seeds: Path, tmp_path: Path) -> None:
    export_files(FORMAT, annotation_files_in([seeds]), tmp_path, nothing)
    there = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert there == {path.name: path.read_bytes() for path in GOLDEN.iterdir()}


def test_the_sample_comes_back_to_the_same_bytes(seeds: Path, tmp_path: Path) -> None:
    told: list[Left] = []
    import_files(FORMAT, [GOLDEN], tmp_path, None, progress=nothing, tell=told.append)
    assert told == []
    for path in (*(seeds / "annotations").iterdir(), seeds / "corea-del-nord.txt"):
        assert (tmp_path / path.relative_to(seeds)).read_bytes() == path.read_bytes()


def test_no_line_of_the_standoff_is_cut_by_a_line_end_of_the_article(tmp_path: Path) -> None:
    text = "Secondo la\nKCNA, \u2028così\x85è."
    (tmp_path / "a.txt").write_bytes(text.encode())
    (tmp_path / "a.ann").write_bytes(f"T1\tClaim 0 {len(text)}\tSecondo la\n".encode())
    (found,) = read(tmp_path / "a.ann")
    assert isinstance(found, Imported)
    export = {}
    tag = Tagged(found.article, found.document, REGISTRY, "a")
    assert FORMAT.write
    list(FORMAT.write([tag], lambda name, data: export.update({name: data})))
    lines = bytes(export["a.ann"]).decode().splitlines()
    assert lines[0] == "T1\tClaim 0 10;11 17;18 22;23 25\tSecondo la KCNA,  così è."


# --- corpora of others

TEXT = "The New York Post reports that “Clinton” fell. Aides, who knew 🥳, deny it.\n"

POLNEAR = """\
T1\tSource 0 17\tThe New York Post
T2\tCue 18 25\treports
T3\tContent 26 45\tthat “Clinton” fell
T4\tAttribution 18 25\treports
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "news.txt").write_text(TEXT, "utf-8")
    return tmp_path


def read(path: Path) -> list[Imported | Left]:
    assert FORMAT.read
    return list(FORMAT.read(path, lambda _: None))


def imported(corpus: Path, lines: str, name: str = "news.ann") -> Imported:
    (corpus / name).write_bytes(lines.encode())
    (one,) = read(corpus / name)
    assert isinstance(one, Imported)
    return one


def tags(one: Imported) -> dict[str, Annotation]:
    return {tag.words: tag for tag in one.document.annotations}


def test_an_event_becomes_an_attribution_with_source_cue_and_content(corpus: Path) -> None:
    one = imported(corpus, POLNEAR)
    attribution, content = one.document.annotations
    assert one.left == ()
    assert (attribution.words, attribution.kind) == (
        "The New York Post reports",
        Kind.ATTRIBUTION,
    )
    assert [span.exact for span in attribution.mention] == ["The New York Post"]
    assert [span.exact for span in attribution.cue] == ["reports"]
    assert attribution.content == (content.id,)
    assert (content.words, content.kind) == ("that “Clinton” fell", Kind.CLAIM)


def test_content_between_quotation_marks_is_a_quote(corpus: Path) -> None:
    one = imported(corpus, "T1\tContent 31 40\t“Clinton”\n")
    assert one.document.annotations[0].kind is Kind.QUOTE


def test_the_same_file_gives_the_same_ids(corpus: Path) -> None:
    assert imported(corpus, POLNEAR) == imported(corpus, POLNEAR)


def test_the_text_in_a_sister_folder_and_the_annotator_in_the_name(tmp_path: Path) -> None:
    for folder in ("attributions", "text"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "nyt_fell.txt").write_text(TEXT, "utf-8")
    one = imported(tmp_path / "attributions", POLNEAR, "nyt_fell_ef2d.ann")
    assert (one.name, one.document.annotator) == ("nyt_fell", "ef2d")


def test_notes_norms_and_attributes_are_taken(corpus: Path) -> None:
    more = (
        "N1\tReference T1 Wikidata:Q211374\tNew York Post\n"
        "#1\tAnnotatorNotes E1\tcheck this\n"
        "#2\tWhy T3\tunclear\n"
        "A1\tStance E1 denies\n"
        "A2\tUnattributed T3 unknown\n"
        "A3\tCertainty T3 unsure\n"
    )
    one = imported(corpus, POLNEAR + more)
    attribution, content = one.document.annotations
    assert one.left == ()
    assert (attribution.source, attribution.stance) == ("new-york-post", Stance.DENIES)
    assert attribution.note == "check this"
    assert [(s.name, s.extra) for s in one.sources] == [
        ("New York Post", (("x-reference", "Wikidata:Q211374"),))
    ]
    assert (content.note, content.certainty) == ("Why: unclear", Certainty.UNSURE)
    assert content.unattributed is Unattributed.UNKNOWN


def test_a_relation_between_attribution_and_content_is_a_link(corpus: Path) -> None:
    one = imported(
        corpus,
        "T1\tAttribution 18 25\treports\nT2\tClaim 31 40\t“Clinton”\nR1\tSays Arg1:T1 Arg2:T2\n",
    )
    attribution, claim = one.document.annotations
    assert attribution.content == (claim.id,)


def test_everything_else_is_listed_with_its_line_and_reason(corpus: Path) -> None:
    lines = (
        "T1\tDiscard 0 3\tThe\n"
        "T2\tCue 18 25\treports\n"
        "T3\tClaim 900 903\tnot there\n"
        "T4\tClaim 31 40\t“Clinton”\n"
        "T4\tClaim 0 3\tThe\n"
        "E1\tDiscuss:T1 Source:T2\n"
        "R1\tSame Arg1:T1 Arg2:T2\n"
        "*\tEquiv T1 T2\n"
        "M1\tNegation T4\n"
        "N1\tReference T4 Wikidata:Q1\tUniverse\n"
        "#1\tAnnotatorNotes T1\tlost\n"
        "T5 Claim 0 3 The\n"
        "E9\tAttribution:T99 Cue:T98 Addressee:T4\n"
        "what is this\n"
        "\n"
    )
    one = imported(corpus, lines)
    assert [tag.words for tag in one.document.annotations] == ["“Clinton”"]
    assert [left.line for left in one.left] == [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 13, 13, 14]
    assert all(left.file.endswith("news.ann") and left.reason for left in one.left)


@pytest.mark.parametrize("nested", ["E1", "T4"])
def test_content_that_is_itself_an_attribution_is_listed(corpus: Path, nested: str) -> None:
    more = f"T5\tAttribution 66 70\tdeny\nE2\tAttribution:T5 Content:{nested}\n"
    one = imported(corpus, POLNEAR + more)
    assert [left.what for left in one.left] == [f"E2 Content:{nested}"]
    assert len(one.document.annotations) == 3


def test_discontinuous_words_with_and_without_a_blank_between_them(corpus: Path) -> None:
    for words in ("Aides deny", "Aidesdeny"):
        one = imported(corpus, f"T1\tClaim 47 52;66 70\t{words}\n")
        assert [span.exact for span in one.document.annotations[0].spans] == ["Aides", "deny"]


def test_offsets_in_other_units_are_converted(corpus: Path) -> None:
    at = TEXT.index("deny")
    units = len(TEXT[:at].encode("utf-16-le")) // 2
    in_bytes = len(TEXT[:at].encode())
    for start in (at, units, in_bytes):
        lines = f"T1\tClaim {start} {start + 4}\tdeny\n"
        assert tags(imported(corpus, lines)).keys() == {"deny"}


def test_words_that_stand_elsewhere_once_are_found_again(corpus: Path) -> None:
    one = imported(corpus, "T1\tClaim 1 5\tdeny\nT2\tClaim 3 5\tde\n")
    assert [tag.words for tag in one.document.annotations] == ["deny"]
    assert [left.line for left in one.left] == [2]


@pytest.mark.parametrize("counted", ["as on the disk", "as one character"])
def test_a_text_with_cr_lf_and_a_mark(tmp_path: Path, counted: str) -> None:
    raw = "\ufeffUno.\r\nDue.\r\nTre dice.\r\n"
    (tmp_path / "a.txt").write_bytes(raw.encode())
    text = raw if counted == "as on the disk" else raw[1:].replace("\r\n", "\n")
    at = text.index("Tre")
    one = imported(tmp_path, f"T1\tCue {at} {at + 3}\tTre\r\nE1\tAttribution:T1\r\n", "a.ann")
    assert [(tag.start, tag.words) for tag in one.document.annotations] == [(10, "Tre")]


def test_what_was_changed_in_brat_counts_and_the_rest_stays(corpus: Path) -> None:
    first = imported(corpus, POLNEAR)
    content = first.document.annotations[1]
    changed = replace(content, note="two\nlines", extra=(("x-own", 1),))
    document = replace(first.document, annotations=(first.document.annotations[0], changed))
    written: dict[str, bytes] = {}
    tag = Tagged(first.article, document, REGISTRY, "news")
    assert FORMAT.write
    list(FORMAT.write([tag], lambda name, data: written.update({name: bytes(data)})))
    edited = (
        written["news.ann"]
        .decode()
        .replace("T2\tClaim 26 45\tthat “Clinton” fell", "T2\tClaim 31 40\t“Clinton”")
    )
    again = imported(corpus, edited).document.annotations[1]
    assert (again.id, again.words) == (content.id, "“Clinton”")
    assert (again.note, again.extra) == ("two\nlines", (("x-own", 1),))


# --- bad input


def test_a_file_without_any_line_is_an_article_without_tags(corpus: Path) -> None:
    assert imported(corpus, "").document.annotations == ()


def test_without_its_text_nothing_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "alone.ann").write_text(POLNEAR, "utf-8")
    with pytest.raises(FormatError, match=r"alone\.txt"):
        read(tmp_path / "alone.ann")


@pytest.mark.parametrize(
    ("data", "looks"),
    [(b"%PDF-1.7\n", "a PDF"), (b'{"text": "a", "label": []}', "doccano"), (b"\x89PNG\0", "PNG")],
)
def test_another_format_is_called_by_its_name(corpus: Path, data: bytes, looks: str) -> None:
    (corpus / "news.ann").write_bytes(data)
    with pytest.raises(FormatError, match=looks):
        read(corpus / "news.ann")


def test_another_encoding_is_told_with_its_line(corpus: Path) -> None:
    (corpus / "news.ann").write_bytes(b"T1\tClaim 0 3\tThe\nT2\tClaim 0 3\tTh\xe9\n")
    with pytest.raises(FormatError, match=r"news\.ann:2: byte 0xe9 is not UTF-8"):
        read(corpus / "news.ann")


def test_a_file_of_100_mb_is_not_even_read(corpus: Path) -> None:
    with (corpus / "news.ann").open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(StorageError, match="100 MB is too much"):
        read(corpus / "news.ann")


@pytest.mark.parametrize("cut", range(29, len(POLNEAR), 9))
def test_a_file_that_breaks_off_is_read_up_to_there(corpus: Path, cut: int) -> None:
    one = imported(corpus, POLNEAR[:cut] + "\n")
    assert one.article == read_article(TEXT.encode(), "news.txt")
    assert len(one.document.annotations) + len(one.left) > 0


@pytest.mark.parametrize(
    "line",
    [
        "E1\tAttribution:T1 " + "a:b:c:d:e:f " * 400 + "end",
        "R1\tContent " + "a:" * 20_000 + " b",
        "A1\tStance E1 a" + " " * 100_000 + "\x85b",
        "N1\tReference E1 " + "a:" * 20_000,
    ],
)
def test_a_line_that_could_be_read_in_many_ways_is_read_at_once(line: str) -> None:
    assert parse(line).broken or parse(line).marks or parse(line).norms
