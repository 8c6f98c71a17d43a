from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.errors import ChangedOnDisk, EditRefused, Locked, StorageError
from annotator.core.registry_edits import replace_source
from annotator.core.sources import Registry, Source
from annotator.storage.disk import replacement, transaction
from annotator.storage.disk.journal import journal_path
from annotator.storage.disk.lock import take_lock
from annotator.storage.disk.replacement import put_unchanged
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.storage.opening import open_session
from annotator.storage.session import Session
from annotator.storage.source_renames import Plan, carry_out, files_naming, plan

Names = dict[str, int]


@pytest.fixture
def folder(tmp_path: Path, seeds: Path) -> Folder:
    """Two articles, each tagged by anna and boris."""
    folder = Folder(Path(shutil.copytree(seeds, tmp_path / "nk")))
    shutil.copy(tmp_path / "nk" / "corea-del-nord.txt", tmp_path / "nk" / "second.txt")
    for who in ("anna", "boris"):
        data = (folder.annotations / f"corea-del-nord.{who}.yaml").read_text("utf-8")
        copy = data.replace("../corea-del-nord.txt", "../second.txt")
        (folder.annotations / f"second.{who}.yaml").write_text(copy, "utf-8")
    return folder


@pytest.fixture
def registry(folder: Folder) -> Registry:
    return registry_of(folder)


def registry_of(folder: Folder) -> Registry:
    return parse_registry(folder.sources_file.read_bytes(), "sources.yaml")


def files(folder: Folder) -> dict[str, bytes]:
    """All that lies in the folder, hidden or not."""
    paths = (path for path in folder.path.rglob("*") if path.is_file())
    return {str(path.relative_to(folder.path)): path.read_bytes() for path in paths}


def naming(folder: Folder, source_id: str) -> Names:
    return {path.name: times for path, times in files_naming(folder, source_id)}


def kcna(registry: Registry) -> Source:
    return registry.by_id["kcna"]


def a_plan(folder: Folder, registry: Registry, new_id: str = "dprk-news") -> Plan:
    return plan(folder, registry, kcna(registry), new_id)


def test_the_plan_says_which_files_change_and_how_much(folder: Folder, registry: Registry) -> None:
    before = files(folder)
    found = a_plan(folder, registry)
    listed = {step.path.name: step.count for step in found.tagged}
    assert listed == naming(folder, "kcna")
    assert len(listed) == 4
    assert found.obstacles == ()
    assert files(folder) == before


def test_renaming_changes_every_file_and_the_registry(folder: Folder, registry: Registry) -> None:
    counts = naming(folder, "kcna")
    carry_out(a_plan(folder, registry))
    assert naming(folder, "kcna") == {}
    assert naming(folder, "dprk-news") == counts
    ids = [source.id for source in registry_of(folder).sources]
    assert ids[0] == "dprk-news"
    assert len(ids) == len(registry.sources)


def test_only_the_lines_that_name_the_source_change(folder: Folder, registry: Registry) -> None:
    before = files(folder)
    carry_out(a_plan(folder, registry))
    after = files(folder)
    assert after.keys() == before.keys()
    for name, data in before.items():
        wanted = data.replace(b"source: kcna\n", b"source: dprk-news\n")
        assert after[name] == wanted.replace(b"- id: kcna\n", b"- id: dprk-news\n")


def test_merging_takes_the_source_out(folder: Folder, registry: Registry) -> None:
    both = sum((naming(folder, "kcna") | {}).values()) + sum(naming(folder, "yonhap").values())
    carry_out(a_plan(folder, registry, "yonhap"))
    assert sum(naming(folder, "yonhap").values()) == both
    assert "kcna" not in registry_of(folder).by_id
    assert "조선중앙통신" in registry_of(folder).by_id["yonhap"].aliases


def test_a_plan_read_backwards_gives_the_same_bytes(folder: Folder, registry: Registry) -> None:
    before = files(folder)
    done = a_plan(folder, registry)
    carry_out(done)
    carry_out(done.inverse())
    assert files(folder) == before


def test_a_merge_read_backwards_parts_them_again(folder: Folder, registry: Registry) -> None:
    before = naming(folder, "kcna"), naming(folder, "yonhap")
    done = a_plan(folder, registry, "yonhap")
    carry_out(done)
    carry_out(done.inverse())
    assert (naming(folder, "kcna"), naming(folder, "yonhap")) == before
    assert registry_of(folder).by_id == registry.by_id


def test_it_is_refused_while_one_of_the_files_is_open_elsewhere(
    folder: Folder, registry: Registry
) -> None:
    ready = a_plan(folder, registry)
    before = files(folder)
    lock = take_lock(folder.annotations / "second.boris.yaml")
    (obstacle,) = a_plan(folder, registry).obstacles
    assert obstacle.startswith("second.boris.yaml is open by ")
    with pytest.raises(StorageError, match=r"second.boris.yaml is open by "):
        carry_out(a_plan(folder, registry))
    with pytest.raises(Locked, match=r"second.boris.yaml is open by .* closed there first"):
        carry_out(ready)
    lock.release()
    assert files(folder) == before


def test_the_file_that_this_program_has_open_is_no_obstacle(
    folder: Folder, registry: Registry
) -> None:
    own = folder.annotations / "second.boris.yaml"
    lock = take_lock(own)
    carry_out(plan(folder, registry, kcna(registry), "dprk-news", held=own))
    assert lock.is_held()
    lock.release()
    assert naming(folder, "kcna") == {}


def test_it_is_refused_while_one_of_the_files_has_a_journal(
    folder: Folder, registry: Registry
) -> None:
    journal_path(folder.annotations / "second.anna.yaml").write_bytes(b"")
    (obstacle,) = a_plan(folder, registry).obstacles
    assert obstacle.startswith("second.anna.yaml has changes that were not saved")


def test_it_is_refused_while_a_journal_names_the_source(folder: Folder, registry: Registry) -> None:
    new = folder.annotations / "second.carla.yaml"
    journal_path(new).write_bytes(b'{"source":"kcna"}\n')
    (obstacle,) = a_plan(folder, registry).obstacles
    assert obstacle.startswith("second.carla.yaml has changes")


def test_a_file_that_cannot_be_read_is_an_obstacle(folder: Folder, registry: Registry) -> None:
    (folder.annotations / "second.anna.yaml").write_text("source: kcna\nsource: kcna\n")
    (obstacle,) = a_plan(folder, registry).obstacles
    assert "second.anna.yaml:2" in obstacle


def test_what_changed_since_the_plan_is_not_overwritten(folder: Folder, registry: Registry) -> None:
    ready = a_plan(folder, registry)
    path = folder.annotations / "second.anna.yaml"
    path.write_bytes(path.read_bytes().replace(b"status: done", b"status: in-progress"))
    before = files(folder)
    with pytest.raises(ChangedOnDisk, match=r"second.anna.yaml was changed elsewhere"):
        carry_out(ready)
    assert files(folder) == before


def test_a_file_that_came_to_name_the_source_since_the_plan_stops_it(
    folder: Folder, registry: Registry
) -> None:
    ready = a_plan(folder, registry)
    data = (folder.annotations / "second.anna.yaml").read_bytes()
    (folder.annotations / "second.carla.yaml").write_bytes(data)
    before = files(folder)
    with pytest.raises(ChangedOnDisk, match=r"second.carla.yaml"):
        carry_out(ready)
    assert files(folder) == before


def test_taking_back_is_refused_where_the_new_id_is_used_meanwhile(
    folder: Folder, registry: Registry
) -> None:
    done = a_plan(folder, registry)
    carry_out(done)
    path = folder.annotations / "second.anna.yaml"
    path.write_bytes(path.read_bytes().replace(b"source: yonhap", b"source: dprk-news", 1))
    before = files(folder)
    with pytest.raises(ChangedOnDisk, match=r"second.anna.yaml"):
        carry_out(done.inverse())
    assert files(folder) == before


def test_an_id_that_is_none_is_refused_before_anything_is_read(
    folder: Folder, registry: Registry
) -> None:
    with pytest.raises(EditRefused, match="An id begins"):
        a_plan(folder, registry, "KCNA!")


def test_a_folder_without_a_registry_gets_the_one_in_use(
    folder: Folder, registry: Registry
) -> None:
    folder.sources_file.unlink()
    carry_out(a_plan(folder, registry))
    assert "dprk-news" in registry_of(folder).by_id


# When it is cut short

Fail = Callable[[int], None]


class Killed(BaseException):
    """The program is no more."""


@pytest.fixture
def kill_at(monkeypatch: pytest.MonkeyPatch) -> Fail:
    """Lets the program die when the ``nth`` file is to be put in its place."""

    def arm(nth: int) -> None:
        real, calls = put_unchanged, iter(range(1, 99))

        def dying(beside: Path, path: Path, new: str, old: str | None) -> None:
            if next(calls) == nth:
                raise Killed
            real(beside, path, new, old)

        monkeypatch.setattr(transaction, "put_unchanged", dying)

    return arm


@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5])
def test_what_was_cut_short_is_finished_at_the_next_opening(
    folder: Folder, registry: Registry, kill_at: Fail, monkeypatch: pytest.MonkeyPatch, nth: int
) -> None:
    counts = naming(folder, "kcna")
    kill_at(nth)
    with pytest.raises(Killed):
        carry_out(a_plan(folder, registry))
    monkeypatch.undo()
    opened = open_session(folder, folder.articles()[0], "anna", Registry())
    assert opened.reports[0] == transaction.FINISHED
    assert naming(folder, "dprk-news") == counts
    assert opened.session.registry.by_id.keys() == registry_of(folder).by_id.keys()
    opened.session.close()
    assert not [name for name in files(folder) if "/." in name]


def faster(monkeypatch: pytest.MonkeyPatch, name: str, write: Callable[[Path], object]) -> None:
    """Let somebody write the file of that name right before it is replaced."""
    real, left = vars(replacement)["exchange"], [name]

    def exchange(one: Path, other: Path) -> object:
        if other.name in left:
            left.clear()
            write(other)
        return real(one, other)

    monkeypatch.setattr(replacement, "exchange", exchange)


def test_what_somebody_writes_at_the_same_moment_is_renamed_as_well(
    folder: Folder, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    def note(path: Path) -> None:
        theirs = path.read_text("utf-8").replace("\nannotations:", "\nx-theirs: true\nannotations:")
        path.with_name("theirs").write_text(theirs, "utf-8")
        path.with_name("theirs").replace(path)

    counts = naming(folder, "kcna")
    for name in counts:
        with monkeypatch.context() as patched:
            faster(patched, name, note)
            done = a_plan(folder, registry_of(folder))
            carry_out(done)
        assert naming(folder, "dprk-news") == counts
        assert "x-theirs: true" in (folder.annotations / name).read_text("utf-8")
        carry_out(done.inverse())
    assert not [name for name in files(folder) if "/." in name or "kept" in name]


def test_what_cannot_be_renamed_any_more_is_left_and_told(
    folder: Folder, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    faster(monkeypatch, "second.boris.yaml", lambda path: path.write_bytes(b"no YAML: ["))
    with pytest.raises(
        ChangedOnDisk, match=r"second\.boris\.yaml was changed meanwhile and is left"
    ):
        carry_out(a_plan(folder, registry))
    path = folder.annotations / "second.boris.yaml"
    assert path.read_bytes() == b"no YAML: ["
    path.unlink()
    assert naming(folder, "kcna") == {}


def test_what_was_replaced_when_the_program_was_killed_goes_back(
    folder: Folder, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.annotations / "second.boris.yaml"
    theirs = path.read_bytes() + b"# mine\n"

    def dies(one: Path, other: Path) -> object:
        done = real(one, other)
        if other.name == path.name:
            one.write_bytes(theirs)  # that was there a moment before the exchange
            raise Killed
        return done

    real = vars(replacement)["exchange"]
    with monkeypatch.context() as patched:
        patched.setattr(replacement, "exchange", dies)
        with pytest.raises(Killed):
            carry_out(a_plan(folder, registry))
    told = transaction.finish(folder)
    assert "second.boris.yaml was changed meanwhile and is left as it is; check it." in told
    assert path.read_bytes() == theirs
    assert not [name for name in files(folder) if "/." in name]


def test_that_earlier_versions_are_not_kept_is_told_once(
    folder: Folder, registry: Registry, own_home: Path
) -> None:
    (own_home / "annotator").write_text("in the way", "utf-8")
    (told,) = carry_out(a_plan(folder, registry))
    assert told.startswith("Earlier versions of sources.yaml are not kept: ")
    assert naming(folder, "kcna") == {}


def test_that_they_are_not_kept_is_told_where_a_change_is_finished_later(
    folder: Folder, registry: Registry, kill_at: Fail, own_home: Path
) -> None:
    kill_at(1)
    with pytest.raises(Killed):
        carry_out(a_plan(folder, registry))
    shutil.rmtree(own_home / "annotator", ignore_errors=True)
    (own_home / "annotator").write_text("in the way", "utf-8")
    _, told = transaction.finish(folder)
    assert told.startswith("Earlier versions of ")


def test_while_the_sources_are_being_changed_it_is_refused(
    folder: Folder, registry: Registry
) -> None:
    lock = transaction.lock_gate(folder)
    with pytest.raises(Locked, match=r"The sources of this folder are being changed by .*; try"):
        carry_out(a_plan(folder, registry))
    lock.release()


def test_an_error_before_the_journal_leaves_everything_as_it_was(
    folder: Folder, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(folder)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(transaction, "replace_hidden", full)
    with pytest.raises(StorageError, match="full"):
        carry_out(a_plan(folder, registry))
    assert files(folder) == before


def test_what_somebody_wrote_after_the_crash_is_kept_and_told(
    folder: Folder, registry: Registry, kill_at: Fail, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_at(2)
    with pytest.raises(Killed):
        carry_out(a_plan(folder, registry))
    monkeypatch.undo()
    path = folder.annotations / "second.boris.yaml"
    theirs = path.read_bytes() + b"# mine\n"
    path.write_bytes(theirs)
    told = transaction.finish(folder)
    assert "second.boris.yaml was changed meanwhile" in told[1]
    assert path.read_bytes() == theirs
    assert naming(folder, "kcna").keys() == {path.name}


def test_what_was_prepared_before_the_program_was_killed_goes_at_the_next_opening(
    folder: Folder,
) -> None:
    before = files(folder)
    (folder.annotations / ".second.boris.yaml.new").write_bytes(b"a half")
    (folder.path / ".sources.yaml.new").write_bytes(b"prepared")
    mine = folder.annotations / ".notes.new"
    mine.write_bytes(b"of nobody that we know")
    opened = open_session(folder, folder.articles()[0], "anna", Registry())
    assert opened.reports == ()
    opened.session.close()
    mine.unlink()
    assert files(folder) == before


def test_what_somebody_is_preparing_stays(folder: Folder) -> None:
    prepared = folder.annotations / ".second.boris.yaml.new"
    prepared.write_bytes(b"prepared")
    lock = take_lock(transaction.gate(folder))
    assert transaction.finish(folder) == ()
    lock.release()
    assert prepared.exists()


def test_nobody_finishes_what_somebody_is_still_at(folder: Folder) -> None:
    journal = folder.annotations / transaction.JOURNAL
    journal.write_bytes(b"{}")
    lock = take_lock(transaction.gate(folder))
    assert transaction.finish(folder) == ()
    lock.release()
    assert journal.exists()


ENTRIES = [
    f'{{"format":"source-attribution-together/1","files":[[%s,"{"0" * 64}","{"1" * 64}"]]}}',
    '{"format":"source-attribution-together/1","files":[[%s,"",""]]}',
    '{"format":"source-attribution-together/1","files":[[%s,["0"],1]]}',
]
NAMES = [
    *('"../../x.yaml"', '"/etc/x.yaml"', '".."', '"."', '""', '"a\\u0000b.yaml"', '"\\ud800.yaml"'),
    *('".hidden.yaml"', '"corea-del-nord.txt"', '"annotations"', "null", "1", "[]", "{}", "true"),
]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format":"source-attribution-together/2","files":[]}',
        "[" * 100_000,
        "1" * 5000,
        *(entry % name for name in NAMES for entry in ENTRIES),
    ],
)
def test_a_journal_that_is_not_ours_is_told_and_moves_no_file(folder: Folder, text: str) -> None:
    (folder.annotations / transaction.JOURNAL).write_text(text)
    before = files(folder)
    opened = open_session(folder, folder.articles()[0], "anna", Registry())
    assert "cannot be read" in opened.reports[0]
    opened.session.close()
    assert files(folder) == before


@pytest.mark.parametrize("kind", ["link", "dangling link", "pipe", "folder"])
def test_a_journal_that_is_no_file_is_told_and_neither_read_nor_written(
    folder: Folder, registry: Registry, tmp_path: Path, kind: str
) -> None:
    journal, outside = folder.annotations / transaction.JOURNAL, tmp_path / "outside"
    if kind == "pipe":
        os.mkfifo(journal)
    elif kind == "folder":
        journal.mkdir()
    else:
        journal.symlink_to(outside)
    if kind == "link":
        outside.write_bytes(b"private")
    opened = open_session(folder, folder.articles()[0], "anna", Registry())
    assert "cannot be read" in opened.reports[0]
    opened.session.close()
    if "link" in kind:
        carry_out(a_plan(folder, registry))
        assert not journal.is_symlink()
        assert outside.exists() == (kind == "link")
        assert kind != "link" or outside.read_bytes() == b"private"


# With a session open


def in_session(folder: Folder) -> Session:
    return open_session(folder, folder.articles()[0], "anna", Registry()).session


def test_the_open_article_follows_in_its_session_and_saves_the_same_bytes(
    folder: Folder, registry: Registry
) -> None:
    session = in_session(folder)
    carry_out(plan(folder, session.registry, kcna(registry), "dprk-news", held=session.path))
    written = files(folder)
    session.do(replace_source(session.tagging, session.registry, kcna(registry), "dprk-news"))
    report = session.save()
    session.close()
    assert (report.merged, report.sentences) == (0, ())
    left_over = {name: data for name, data in written.items() if "/." not in name}
    assert files(folder) == left_over


def test_killed_before_the_session_followed_nothing_is_missing(
    folder: Folder, registry: Registry
) -> None:
    session = in_session(folder)
    carry_out(plan(folder, session.registry, kcna(registry), "dprk-news", held=session.path))
    session.abandon()
    again = in_session(folder)
    assert "dprk-news" in {annotation.source for annotation in again.tagging}
    assert "dprk-news" in again.registry.by_id
    again.close()
    document = parse_document(again.path.read_bytes(), "a")
    assert "kcna" not in {annotation.source for annotation in document.annotations}
