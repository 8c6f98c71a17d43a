from __future__ import annotations

import pytest

from annotator.core.errors import FormatError
from annotator.storage.yaml.reader import LARGEST_FILE, read_tree


def refusal(data: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read_tree(data, "anna.yaml")
    return caught.value


@pytest.mark.parametrize("word", ["no", "NO", "y", "on", "12:30", "2025-04-28", "0x1f", ".inf"])
def test_words_that_older_yaml_guesses_at_are_text(word: str) -> None:
    assert read_tree(f"a: {word}".encode(), "anna.yaml").value == {"a": word}


def test_numbers_and_truth_are_themselves_and_text_in_quotation_marks() -> None:
    tree = read_tree(b"[7, -3, 0.5, 1e3, true, False, '7', \"true\", ~a]", "anna.yaml")
    assert tree.value == [7, -3, 0.5, 1000.0, True, False, "7", "true", "~a"]
    assert [type(value) for value in tree.value[:6]] == [int, int, float, float, bool, bool]


def test_every_node_knows_its_line() -> None:
    tree = read_tree(b"a: 1\nb:\n- x\n- c: 2\n  d:\n    - 3\ne: 4\n", "anna.yaml")
    paths = [(), ("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "d"), ("b", 1, "d", 0), ("e",)]
    assert [tree.line(path) for path in paths] == [1, 1, 2, 3, 4, 5, 6, 7]


def test_a_missing_node_has_the_line_of_its_parent() -> None:
    tree = read_tree(b"a: 1\nb:\n- x: 1\n- y: 2\n", "anna.yaml")
    assert tree.line(("b", 1, "missing")) == 4
    assert tree.line(("b", 9)) == 2
    assert tree.line(("a", "below", "text")) == 1


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    tree = read_tree(b"\xef\xbb\xbfa: 1\r\nb: x\r\n", "anna.yaml")
    assert (tree.value, tree.line(("b",))) == ({"a": 1, "b": "x"}, 2)


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        (b"", 1, "the file is empty"),
        (b"# only a comment\n", 1, "the file is empty"),
        (b"a: 1\nb: 2\na: 3\n", 3, "'a' stands twice, expected it once (first on line 1)"),
        (b"a: 1\nb: &x 2\n", 2, "'b' has an anchor"),
        (b"a: &x 1\n", 1, "'a' has an anchor"),
        (b"a: 1\nb: *x\n", 2, "'b' has an alias"),
        (b"a: !!str 1\n", 1, "'a' has the tag tag:yaml.org,2002:str"),
        (b"a: !<x> 1\n", 1, "'a' has the tag x"),
        (b"a: 1\n---\nb: 2\n", 2, "a second document begins"),
        (b"a: 1\nb:\n", 2, "'b' has no value"),
        (b"a: [1, null]\n", 1, "an item has no value"),
        (b"1: a\n", 1, "the key 1 is not text"),
        (b"true: a\n", 1, "the key true is not text"),
        (b"[a, b]: c\n", 1, "a key is a list"),
        (b"? " * 10_000, 1, "a key is a list, a mapping"),
        (b"a: 1\n" + b"k" * 200 + b": 1\n", 2, "a key is too long"),
        (b"a: " + b"9" * 30, 1, "'a' is too large a number"),
        (b"a: 1\nb: [1\nc: 2\n", 3, "this is not YAML"),
        (b"a: b: c\n", 1, "this is not YAML (mapping values are not allowed"),
        (b"a: 1\n\tb: 2\n", 2, "this is not YAML"),
        (b'a: "\\ud800"\n', 1, "this is not YAML"),
        (b"a: 1\nb: \xff\n", 2, "byte 0xff is not UTF-8"),
        (b"a: 1\nb: \xed\xa0\x80\n", 2, "byte 0xed is not UTF-8"),
        ("a: 1".encode("utf-16"), 1, "byte 0xff is not UTF-8"),
        (b"a: 1\nb: \x00\n", 2, "the character U+0000 stands in the file"),
        ("a: x\u2028y\n".encode(), 1, "the character U+2028 stands in the file"),
        ("a: x\ufeff\n".encode(), 1, "the character U+FEFF stands in the file"),
    ],
)
def test_what_yaml_would_guess_at_or_expand_is_refused(
    data: bytes, line: int, sentence: str
) -> None:
    error = refusal(data)
    assert (error.path, error.line) == ("anna.yaml", line)
    assert str(error).startswith(f"anna.yaml:{line}: {sentence}")


@pytest.mark.parametrize("opening", [b"[", b"- ", b"{a: ", b"[{a: "])
def test_a_nesting_of_ten_thousand_is_refused(opening: bytes) -> None:
    assert "at most 32 levels" in str(refusal(opening * 10_000))


def test_a_file_of_a_hundred_megabytes_is_refused_unread() -> None:
    error = refusal(bytes(100_000_000))
    assert str(error) == "anna.yaml:1: the file has 100 MB, expected at most 64 MB"
    assert LARGEST_FILE < 100_000_000


def test_a_text_of_nine_million_characters_is_refused() -> None:
    error = refusal(b"a: 1\nb: '" + b"x" * 9_000_000 + b"'\n")
    assert str(error) == "anna.yaml:2: 'b' is too long, expected at most 8 million characters"


def test_a_file_of_countless_tiny_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.storage.yaml.events.MOST_NODES", 1_000)
    assert "holds too much, expected at most 1,000 values" in str(refusal(b"- a\n" * 1_001))
