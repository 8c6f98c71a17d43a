"""A folder begins without sources; those of the sample are known only where files name them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotator.cli import program
from annotator.core.edits import tag, with_new_source
from annotator.core.model import Kind
from annotator.core.sources import Registry, Source
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session
from annotator.storage.session import Session
from annotator.storage.shipped.sample_sources import sources_for, sources_in, sources_of

REUTERS = Source(id="reuters", name="Reuters")


@pytest.fixture
def bare(tmp_path: Path, seeds: Path) -> Folder:
    """A copy of the sample without its sources.yaml, as files of old may lie there."""
    folder = Folder(Path(shutil.copytree(seeds, tmp_path / "bare")))
    folder.sources_file.unlink()
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Folder:
    """A folder of one's own, just begun."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "a.txt").write_text("Secondo Reuters, la KCNA tace.\n", "utf-8")
    return Folder(tmp_path / "own")


def opened(folder: Folder, annotator: str) -> Session:
    (article,) = folder.articles()
    return open_session(folder, article, annotator, sources_for(folder, article)).session


def add_reuters(session: Session) -> None:
    change = tag(session.tagging, session.article, Kind.ATTRIBUTION, [(0, 7)], source="reuters")
    session.do(with_new_source(change, REUTERS))


def written(folder: Folder) -> list[str]:
    registry = parse_registry(folder.sources_file.read_bytes(), "sources.yaml")
    return [source.id for source in registry.sources]


def test_a_folder_of_ones_own_begins_without_sources(own: Folder) -> None:
    session = opened(own, "anna")
    assert session.registry == Registry()
    add_reuters(session)
    session.save()
    session.close()
    assert written(own) == ["reuters"]


def test_a_tag_without_a_source_writes_no_registry(own: Folder) -> None:
    session = opened(own, "anna")
    session.do(tag(session.tagging, session.article, Kind.CLAIM, [(0, 7)]))
    session.save()
    session.close()
    assert not own.sources_file.exists()


def test_files_that_name_sources_of_the_sample_still_know_them(bare: Folder) -> None:
    session = opened(bare, "anna")
    assert session.registry.label("kcna") == "KCNA"
    session.close()
    told = CliRunner().invoke(program, ["check", str(bare.path)])
    assert (told.exit_code, told.stdout) == (0, "")
    counted = CliRunner().invoke(program, ["sources", str(bare.path)])
    assert "not in sources.yaml" not in counted.stdout


def test_the_first_registry_holds_whatever_any_file_of_the_folder_names(bare: Folder) -> None:
    (bare.path / "b.txt").write_text("Altro articolo.\n", "utf-8")
    session = open_session(bare, bare.path / "b.txt", "anna", Registry()).session
    add_reuters(session)
    session.save()
    assert session.registry.label("kcna") == "KCNA"
    session.close()
    named = {source.id for source in sources_in(bare.annotations).sources}
    assert set(written(bare)) == {"reuters", *named}
    assert CliRunner().invoke(program, ["check", str(bare.path)]).exit_code == 0


def test_a_journal_that_was_never_saved_finds_its_source_as_well(bare: Folder) -> None:
    session = opened(bare, "dora")
    kcna = sources_in(bare.annotations).by_id["kcna"]
    session.do(tag(session.tagging, session.article, Kind.ATTRIBUTION, [(0, 7)], source=kcna.id))
    for file in bare.annotations.glob("*.yaml"):
        file.unlink()
    (article,) = bare.articles()
    assert sources_for(bare, article).sources == (kcna,)
    session.abandon()


def test_an_import_into_a_folder_of_ones_own_brings_only_its_own_sources(
    own: Folder, seeds: Path, tmp_path: Path
) -> None:
    out, boris = tmp_path / "out.jsonld", seeds / "annotations" / "corea-del-nord.boris.yaml"
    CliRunner().invoke(program, ["export", str(boris), "--to", "jsonld", "-o", str(out)])
    given = ["import", str(out), "--from", "jsonld", "-o", str(own.path)]
    told = CliRunner().invoke(program, given)
    assert told.exit_code == 0, told.stderr
    named = sources_of(parse_document(boris.read_bytes(), boris.name))
    assert set(written(own)) == {source.id for source in named.sources}


def test_problems_of_an_own_folder_know_nothing_of_the_sample(own: Folder) -> None:
    session = opened(own, "anna")
    session.do(tag(session.tagging, session.article, Kind.CLAIM, [(0, 7)]))
    session.save()
    session.close()
    assert not list(session.registry.mentions(session.article.text))


def test_a_file_that_is_a_link_out_of_the_folder_names_nothing(bare: Folder) -> None:
    anna = bare.annotations / "corea-del-nord.anna.yaml"
    outside = anna.rename(bare.path.parent / "private.yaml")
    (bare.annotations / "corea-del-nord.boris.yaml").unlink()
    anna.symlink_to(outside)
    (article,) = bare.articles()
    assert sources_for(bare, article) == sources_in(bare.annotations) == Registry()
