from __future__ import annotations

import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from annotator.core.edits import set_note
from annotator.core.errors import ArticleError, EditRefused, FormatError, StorageError
from annotator.core.model import Status
from annotator.storage.disk.journal import journal_path
from annotator.storage.files.annotation_file import document_bytes, parse_document
from annotator.storage.files.change_json import decode_change
from annotator.storage.folder import Folder
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


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder", "huge"])
def test_a_journal_that_this_program_did_not_write_is_moved_aside_unread(
    file: Path, open_as: Open, tmp_path: Path, kind: str
) -> None:
    journal, outside = journal_path(file), tmp_path / "outside"
    make_odd(journal, outside, kind)
    opened = open_as()
    aside = file.with_name("corea del nord.anna.kept-1.jsonl")
    assert opened.reports == (
        f"{journal} is not a file that this program wrote; it was not read and is now called "
        f"{aside.name}.",
    )
    do_tag(opened.session, 8, 15)
    assert journal.is_file()
    assert not journal.is_symlink()
    opened.session.close()
    assert aside.is_symlink() == ("link" in kind)
    assert outside.exists() == (kind == "link")
    assert kind != "link" or outside.read_bytes() == b"private"
    assert open_as().reports == ()


def make_odd(path: Path, outside: Path, kind: str) -> None:
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(10**12)
    else:
        path.symlink_to(outside)
    if kind == "link":
        outside.write_bytes(b"private")


def test_such_a_journal_stays_where_it_is_for_somebody_who_only_reads(
    file: Path, open_as: Open
) -> None:
    writer = open_as().session
    os.mkfifo(journal_path(file))
    opened = open_as()
    assert "it was not read" in opened.reports[0]
    assert journal_path(file).is_fifo()
    writer.close()


@pytest.mark.parametrize(
    "line",
    [
        b'{"label":"x","after":[{"id":"../../x","kind":"claim","spans":[%b]}]}\n',
        b'{"label":"x","after":[{"id":"x: y\\n- z","kind":"claim","spans":[%b]}]}\n',
        b'{"label":"x","after":[{"id":"c-000001","kind":"rumour","spans":[%b]}]}\n',
        b'{"label":"x","sources_after":[{"id":"../x","name":"%b"}]}\n',
        b'{"label":"x","seen":[""],"note":[%b]}\n',
    ],
)
def test_what_could_not_stand_in_a_file_is_kept_aside_with_all_that_follows(
    file: Path, open_as: Open, line: bytes
) -> None:
    before = file.read_bytes()
    header = b'{"format":"source-attribution-journal/1","starts_from":null,"annotator":"anna"}\n'
    sound = b'{"label":"Mark as done","status":["in-progress","done"]}\n'
    bad = line % b'[8,10,"la","",""]'
    journal_path(file).write_bytes(header + bad + sound)
    opened = open_as()
    aside = file.with_name("corea del nord.anna.kept-1.jsonl")
    assert opened.reports == (f"A part of the journal cannot be read; it is kept in {aside}.",)
    assert aside.read_bytes() == bad + sound
    opened.session.close()
    assert file.read_bytes() == before
    assert not journal_path(file).exists()


def test_words_beyond_the_article_s_end_find_no_place(file: Path, open_as: Open) -> None:
    header = b'{"format":"source-attribution-journal/1","starts_from":null,"annotator":"anna"}\n'
    span = b'[999999,999999999,"la","","",[]]'
    tag = b'{"label":"x","after":[{"id":"c-000001","kind":"claim","spans":[%b]}]}\n' % span
    journal_path(file).write_bytes(header + tag)
    opened = open_as()
    assert "could not be brought back" in opened.reports[0]
    assert len(opened.session.tagging) == 1
    opened.session.close()


def test_a_journal_of_a_newer_program_is_left_to_it(file: Path, open_as: Open) -> None:
    words = b'{"format": "source-attribution-journal/3"}'
    data = b"%b %08x\n" % (words, crc32(words))
    journal_path(file).write_bytes(data)
    with pytest.raises(FormatError, match="update this program"):
        open_as()
    assert journal_path(file).read_bytes() == data
    assert {path.name for path in file.parent.iterdir()} == {file.name, journal_path(file).name}


def test_what_is_kept_is_kept_once_however_often_it_is_found(file: Path, open_as: Open) -> None:
    for _ in range(3):
        journal_path(file).write_bytes(b"not a journal\n")
        open_as().session.close()
    kept = [path.name for path in file.parent.glob("*.kept*")]
    assert kept == ["corea del nord.anna.kept-1.jsonl"]


def test_what_cannot_be_kept_leaves_nothing_half_written(
    file: Path, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal_path(file).write_bytes(b"not a journal\n")
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", no_space)
        with pytest.raises(StorageError, match="the disk is full"):
            open_as()
    assert journal_path(file).read_bytes() == b"not a journal\n"
    assert {path.name for path in file.parent.iterdir()} == {file.name, journal_path(file).name}
    open_as().session.close()


def no_space(_: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_journal_lock_and_what_is_kept_are_as_private_as_the_tagging(
    file: Path, open_as: Open, mode: int
) -> None:
    file.chmod(mode)
    journal_path(file).write_bytes(b"not a journal\n")
    session = open_as().session
    do_tag(session, 8, 15)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()}
    assert set(modes.values()) == {mode}
    assert len(modes) == 4
    session.close()


def test_a_journal_is_private_before_there_is_a_word_in_it(
    file: Path, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.chmod(0o600)
    write, seen = os.write, set[int]()

    def watched(descriptor: int, data: bytes) -> int:
        seen.add(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return write(descriptor, data)

    monkeypatch.setattr(os, "write", watched)
    session = open_as().session
    do_tag(session, 8, 15)
    session.abandon()
    assert seen == {0o600}


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
        read_only.setattr(os, "open", refuse_to_write)
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


def refuse_to_write(path: Path, flags: int, *args: int, open_file: Any = os.open) -> Any:
    if flags & (os.O_WRONLY | os.O_RDWR):
        raise OSError(30, "Read-only file system")
    return open_file(path, flags, *args)


def test_a_read_only_folder_without_tagging_is_opened_for_reading(
    open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    session = open_as().session
    assert session.read_only
    assert f"nothing can be written into {session.article_path.parent}." in session.read_only


def test_of_a_folder_that_others_own_it_is_not_said_that_it_cannot_be_locked(
    file: Path, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as read_only:
        read_only.setattr(os, "open", refuse_to_write)
        read_only.setattr(os, "access", lambda *_: False)
        told = open_as().session.read_only
    assert told == (
        f"{file.name} is read-only here: nothing can be written into {file.parent}. "
        "Ask its owner for the right to, or work on a copy of the folder."
    )


def test_the_name_in_the_file_stays_the_annotator_s(open_as: Open) -> None:
    session = open_as("Anna Müller").session
    do_tag(session, 0, 7)
    session.close()
    session = open_as("anna-müller").session
    assert session.annotator == "Anna Müller"
    assert session.header.status is Status.IN_PROGRESS
    session.close()
