from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.edits import set_note
from annotator.core.errors import ArticleError, EditRefused, FormatError, StorageError
from annotator.core.model import Status
from annotator.storage.annotation_file import document_bytes, parse_document
from annotator.storage.change_json import decode_change
from annotator.storage.folder import Folder
from annotator.storage.journal import journal_path
from annotator.storage.opening import open_session
from tests.storage.conftest import DEFAULT, Open
from tests.storage.hands import do_tag


@pytest.fixture
def file(folder: Folder, open_as: Open) -> Path:
    """An annotation file with one claim, closed."""
    session = open_as().session
    do_tag(session, 0, 7)
    session.close()
    return session.path


def test_opening_writes_nothing_where_nothing_is_tagged(folder: Folder, open_as: Open) -> None:
    session = open_as().session
    assert [path.name for path in folder.path.iterdir()] == ["corea del nord.txt"]
    assert session.document().article.length == len(session.article.text)
    session.close()
    assert [path.name for path in folder.path.iterdir()] == ["corea del nord.txt"]


def test_the_seed_article_opens_and_closing_it_changes_no_byte(seeds: Path, tmp_path: Path) -> None:
    shutil.copytree(seeds, tmp_path / "copy")
    folder = Folder(tmp_path / "copy")
    before = {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}
    for article in folder.articles():
        for annotator in folder.annotation_files(article):
            opened = open_session(folder, article, annotator, DEFAULT)
            assert opened.reports == ()
            assert len(opened.session.tagging) > 0
            opened.session.close()
    assert before == {path: path.read_bytes() for path in folder.path.rglob("*") if path.is_file()}


def test_each_annotator_has_a_file_of_their_own(file: Path, open_as: Open) -> None:
    boris = open_as("boris").session
    assert len(boris.tagging) == 0
    assert boris.read_only is None
    do_tag(boris, 8, 15)
    boris.close()
    anna = parse_document(file.read_bytes(), file.name)
    assert [annotation.start for annotation in anna.annotations] == [0]


def test_unsaved_changes_are_back_and_it_is_said(file: Path, open_as: Open) -> None:
    session = open_as().session
    do_tag(session, 8, 15)
    session.abandon()
    opened = open_as()
    assert opened.reports == ("1 change not saved last time came back.",)
    assert opened.session.unsaved
    assert len(opened.session.tagging) == 2
    opened.session.close()
    assert not journal_path(file).exists()
    assert len(parse_document(file.read_bytes(), file.name).annotations) == 2


def test_what_came_back_comes_back_again_if_it_is_not_saved(file: Path, open_as: Open) -> None:
    for start in (8, 18):
        session = open_as().session
        do_tag(session, start, start + 5)
        session.abandon()
    opened = open_as()
    assert opened.reports == ("2 changes not saved last time came back.",)
    opened.session.close()


def test_a_journal_that_the_file_already_holds_is_cleared_in_silence(
    file: Path, open_as: Open
) -> None:
    session = open_as().session
    do_tag(session, 8, 15)
    journal = journal_path(file).read_bytes()
    session.close()
    journal_path(file).write_bytes(journal)
    opened = open_as()
    assert opened.reports == ()
    assert not opened.session.unsaved
    assert not journal_path(file).exists()
    opened.session.close()


def test_what_no_longer_fits_is_kept_in_a_file_that_is_named(file: Path, open_as: Open) -> None:
    session = open_as().session
    claim = next(iter(session.tagging))
    session.do(set_note(claim, "ours"))
    session.abandon()
    theirs = parse_document(file.read_bytes(), file.name)
    edited = replace(theirs, annotations=(replace(claim, note="theirs"),))
    file.write_bytes(document_bytes(edited))
    opened = open_as()
    aside = file.with_name("corea del nord.anna.kept-1.jsonl")
    assert opened.reports == (f"1 change of the journal could not be brought back; see {aside}.",)
    assert [one.note for one in opened.session.tagging] == ["theirs"]
    assert [one.note for one in decode_change(aside.read_bytes()).after] == ["ours"]
    opened.session.close()


def test_a_broken_line_costs_nothing_before_it_and_the_rest_is_kept(
    file: Path, open_as: Open
) -> None:
    session = open_as().session
    do_tag(session, 8, 15)
    do_tag(session, 18, 24)
    session.abandon()
    journal = journal_path(file)
    header, first, second = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(header + first + b"{broken\n" + second)
    opened = open_as()
    aside = file.with_name("corea del nord.anna.kept-1.jsonl")
    assert opened.reports[1] == f"A part of the journal cannot be read; it is kept in {aside}."
    assert aside.read_bytes() == b"{broken\n" + second
    assert [one.start for one in opened.session.tagging] == [0, 8]
    opened.session.close()


def test_a_torn_last_line_is_no_reason_to_worry_anybody(file: Path, open_as: Open) -> None:
    session = open_as().session
    do_tag(session, 8, 15)
    session.abandon()
    with journal_path(file).open("ab") as journal:
        journal.write(b'{"label":"Tag cl')
    opened = open_as()
    assert len(opened.reports) == 1
    do_tag(opened.session, 18, 24)
    opened.session.abandon()
    again = open_as()
    assert [one.start for one in again.session.tagging] == [0, 8, 18]
    again.session.close()


def test_an_article_that_changed_since_it_was_tagged_is_refused(
    file: Path, folder: Folder, open_as: Open
) -> None:
    before = file.read_bytes()
    folder.articles()[0].write_bytes(b"another text")
    with pytest.raises(StorageError, match=r"yaml:4: the article has changed since it was tagged"):
        open_as()
    assert file.read_bytes() == before
    assert list(file.parent.iterdir()) == [file]


def test_words_out_of_place_are_named_with_id_and_line(file: Path, open_as: Open) -> None:
    data = file.read_bytes().replace(b'"Secondo"', b'"Secunda"')
    file.write_bytes(data)
    line = data[: data.index(b'"Secunda"')].count(b"\n") + 1
    told = rf"yaml:{line}: c-.{{6}}: exact is “Secunda”, expected “Secondo” as in the article"
    with pytest.raises(FormatError, match=told):
        open_as()
    assert file.read_bytes() == data


def test_a_broken_file_stays_as_it_is_and_is_not_locked(file: Path, open_as: Open) -> None:
    file.write_bytes(b"- a list\n")
    with pytest.raises(FormatError):
        open_as()
    assert file.read_bytes() == b"- a list\n"
    assert list(file.parent.iterdir()) == [file]


def test_broken_sources_are_named(folder: Folder, open_as: Open) -> None:
    folder.sources_file.write_bytes(b"{\n")
    with pytest.raises(FormatError, match=r"sources\.yaml:"):
        open_as()


def test_an_article_that_is_no_text_or_is_gone_is_named(folder: Folder, open_as: Open) -> None:
    article = folder.articles()[0]
    article.write_bytes(b"\xff")
    with pytest.raises(ArticleError, match=r"corea del nord\.txt:1: byte 0xff"):
        open_as()
    article.unlink()
    with pytest.raises(StorageError, match=r"corea del nord\.txt cannot be read: it is not there"):
        open_session(folder, article, "anna", DEFAULT)


def test_a_read_only_folder_is_opened_for_reading(
    file: Path, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_as().session
    do_tag(session, 8, 15)
    session.abandon()
    with monkeypatch.context() as read_only:
        read_only.setattr(os, "open", refuse)
        opened = open_as()
    assert opened.session.read_only
    assert "the folder is read-only" in opened.session.read_only
    assert opened.reports == (
        "There are changes in its journal that are not saved yet; they are not shown here.",
    )
    with pytest.raises(EditRefused, match="the folder is read-only"):
        do_tag(opened.session, 18, 24)
    opened.session.close()
    assert journal_path(file).exists()


def refuse(path: object, flags: int, *mode: int, open_file: object = os.open) -> int:
    if flags & (os.O_WRONLY | os.O_CREAT):
        raise OSError(30, "Read-only file system")
    return open_file(path, flags, *mode)  # type: ignore[operator, no-any-return]


def test_a_read_only_folder_without_tagging_is_opened_for_reading(
    open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    session = open_as().session
    assert session.read_only
    assert "cannot be written to" in session.read_only


def test_the_name_in_the_file_stays_the_annotator_s(open_as: Open) -> None:
    session = open_as("Anna Müller").session
    do_tag(session, 0, 7)
    session.close()
    session = open_as("anna-müller").session
    assert session.annotator == "Anna Müller"
    assert session.header.status is Status.IN_PROGRESS
    session.close()
