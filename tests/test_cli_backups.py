"""``annotator backups``: earlier versions on the command line."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotator.cli import program
from annotator.core.change import Change, replaced
from annotator.core.edits import delete
from annotator.core.errors import Locked, StorageError
from annotator.core.sources import Registry, Source
from annotator.storage.backups.versions import keep
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session
from annotator.storage.session import Session


@pytest.fixture
def folder(seeds: Path, tmp_path: Path) -> Folder:
    return Folder(Path(shutil.copytree(seeds, tmp_path / "nk-russia")))


def opened(folder: Folder) -> Session:
    return open_session(folder, folder.articles()[0], "anna", Registry()).session


@pytest.fixture
def anna(folder: Folder) -> Path:
    """Anna's file, from which all was deleted and saved; its earlier version has it all."""
    session = opened(folder)
    session.do(delete(session.tagging, list(session.tagging)))
    session.close()
    return session.path


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(program, ["backups", *map(str, args)])


def test_the_versions_are_listed_the_newest_first(anna: Path) -> None:
    told = run(anna)
    assert told.exit_code == 0
    assert [line.split()[0] for line in told.output.splitlines()] == ["1"]


def test_a_misspelled_file_is_told_with_the_one_it_resembles(anna: Path) -> None:
    misspelled = anna.with_name(anna.name.replace("anna", "ana"))
    told = run(misspelled)
    assert told.exit_code == 2
    sentence = " ".join(told.stderr.replace("│", " ").split())
    assert f"There is no {misspelled}, and no earlier version" in sentence
    assert f"Did you mean {anna}" in sentence


def test_a_version_is_printed_as_it_was(anna: Path, seeds: Path) -> None:
    sample = (seeds / "annotations" / anna.name).read_bytes()
    assert run(anna, "--show", "1").stdout_bytes == sample
    emptied = anna.read_bytes()
    anna.unlink()
    assert run(anna, "--show", "1").stdout_bytes == emptied
    assert run(anna, "--show", "2").stdout_bytes == sample


def test_a_version_is_taken_back_and_what_it_replaces_is_kept(anna: Path, seeds: Path) -> None:
    emptied = anna.read_bytes()
    told = run(anna, "--restore", "1")
    assert (told.exit_code, told.stderr) == (0, "")
    assert re.fullmatch(
        rf"The version of 20.* of {re.escape(str(anna))} is restored.\n", told.stdout
    )
    assert anna.read_bytes() == (seeds / "annotations" / anna.name).read_bytes()
    assert run(anna, "--show", "1").stdout_bytes == emptied


def test_a_file_that_is_gone_comes_back(anna: Path, seeds: Path) -> None:
    anna.unlink()
    assert run(anna, "--restore", "2").exit_code == 0
    assert anna.read_bytes() == (seeds / "annotations" / anna.name).read_bytes()


def test_what_is_open_elsewhere_is_left_alone(anna: Path, folder: Folder) -> None:
    before = anna.read_bytes()
    session = opened(folder)
    refusal = run(anna, "--restore", "1").exception
    assert isinstance(refusal, Locked)
    assert str(refusal).endswith("; it has to be closed there first.")
    session.abandon()
    assert anna.read_bytes() == before
    assert run(anna, "--restore", "1").exit_code == 0


def test_a_version_of_another_text_is_refused(anna: Path) -> None:
    before = anna.read_bytes()
    keep(anna, before.replace(b"sha256: 7", b"sha256: 0"))
    refusal = run(anna, "--restore", "1").exception
    assert isinstance(refusal, StorageError)
    assert "another text of the article" in str(refusal)
    assert anna.read_bytes() == before


def test_sources_come_back_and_newer_ones_stay(folder: Folder) -> None:
    session = opened(folder)
    kcna = session.registry.by_id["kcna"]
    tass = Source(id="tass-2", name="TASS 2")
    session.do(Change("x", sources=replaced(kcna, tass)))
    session.close()
    told = run(folder.sources_file, "--restore", "1")
    assert told.exit_code == 0
    assert "TASS 2" in told.stderr
    registry = parse_registry(folder.sources_file.read_bytes(), "sources.yaml")
    assert (registry.by_id["kcna"], registry.by_id["tass-2"]) == (kcna, tass)


@pytest.mark.parametrize("number", ["0", "3", "-1"])
def test_a_version_that_is_not_there_is_wrong_usage(anna: Path, number: str) -> None:
    told = run(anna, "--restore", number)
    assert (told.exit_code, "choose one from 1 to 1" in told.stderr) == (2, True)


def test_a_file_without_earlier_versions_is_told_as_such(folder: Folder) -> None:
    none = f"No earlier version of {folder.sources_file} is kept.\n"
    assert (run(folder.sources_file).exit_code, run(folder.sources_file).output) == (0, none)
    told = run(folder.sources_file, "--restore", "1")
    assert (told.exit_code, none in told.stderr) == (2, True)
