"""Earlier versions of annotation files, reviews and registries outlive a saved mistake."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.change import Change, added
from annotator.core.edits import delete
from annotator.core.errors import StorageError
from annotator.core.model import Kind
from annotator.core.sources import Source
from annotator.storage.backups import versions as backups
from annotator.storage.backups.versions import KeptVersion, Limits, keep, read_version, versions
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.folder import Folder
from annotator.storage.session import Session
from annotator.storage.source_renames import carry_out, plan
from tests.storage.hands import tag_words


@pytest.fixture
def root(own_home: Path) -> Path:
    """Where the versions are kept."""
    return own_home / "annotator" / "backups"


def contents(file: Path) -> list[bytes]:
    """What the versions of a file held, the newest first."""
    return [read_version(one) for one in versions(file)]


def set_limits(home: Path, *lines: str) -> None:
    settings = home / "config" / "source-attribution-annotator" / "settings.ini"
    settings.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(("[General]", "annotator=anna", *lines, "", "[keys]", "tag.claim=x"))
    settings.write_text(text, "utf-8")


def test_each_save_is_kept_and_a_saved_mistake_can_be_read_again(session: Session) -> None:
    claim = tag_words(session, Kind.CLAIM, "le truppe")
    session.save()
    good = session.path.read_bytes()
    session.do(delete(session.tagging, [claim]))
    session.save()
    assert contents(session.path) == [session.path.read_bytes(), good]


def test_what_somebody_else_wrote_is_kept_before_it_is_merged(session: Session) -> None:
    tag_words(session, Kind.CLAIM, "le truppe")
    session.save()
    theirs = session.path.read_bytes().replace(b"annotator: anna", b"annotator: anna # by hand")
    session.path.write_bytes(theirs)
    tag_words(session, Kind.CLAIM, "KCNA")
    session.save()
    assert contents(session.path)[1] == theirs


def test_the_registry_is_kept_too(session: Session, folder: Folder) -> None:
    tag_words(session, Kind.CLAIM, "le truppe")
    session.save()
    first = folder.sources_file.read_bytes()
    session.do(Change("Add", sources=added(Source(id="tass", name="TASS"))))
    session.save()
    assert contents(folder.sources_file) == [folder.sources_file.read_bytes(), first]


def test_what_is_changed_in_all_files_of_a_folder_is_kept(session: Session, folder: Folder) -> None:
    tag_words(session, Kind.ATTRIBUTION, "Secondo la KCNA", "kcna")
    source = session.registry.by_id["kcna"]
    session.close()
    before = session.path.read_bytes(), folder.sources_file.read_bytes()
    carry_out(plan(folder, session.registry, source, "kcna-dprk"))
    for file, old in zip((session.path, folder.sources_file), before, strict=True):
        assert contents(file)[:2] == [file.read_bytes(), old]


def test_nobody_else_may_read_them(session: Session, root: Path) -> None:
    tag_words(session, Kind.CLAIM, "le truppe")
    session.save()
    kept = list(root.rglob("*"))
    assert {path.name for path in kept} >= {"path"}
    for path in (root, *kept):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted


def test_the_same_again_is_kept_once(tmp_path: Path) -> None:
    for data in (b"a", b"a", b"b", b"a"):
        assert keep(tmp_path / "a.yaml", data) == ()
    assert contents(tmp_path / "a.yaml") == [b"a", b"b", b"a"]


def test_whatever_leads_to_the_file_finds_its_versions(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    (tmp_path / "folder" / "a.yaml").write_bytes(b"a")
    keep(tmp_path / "folder" / "a.yaml", b"a")
    for spelled in ("link/a.yaml", "folder/../folder/a.yaml"):
        assert contents(tmp_path / spelled) == [b"a"]


def test_they_go_with_a_folder_that_moves(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    for data in (b"first", b"second"):
        (old / "a.yaml").write_bytes(data)
        keep(old / "a.yaml", data)
    old.rename(new)
    backups._abandoned.cache_clear()
    assert contents(new / "a.yaml") == [b"second", b"first"]
    assert contents(old / "a.yaml") == []


def test_a_copy_of_a_folder_leaves_them_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.yaml").write_bytes(b"first")
    keep(tmp_path / "old" / "a.yaml", b"first")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    backups._abandoned.cache_clear()
    keep(tmp_path / "new" / "a.yaml", b"second")
    assert contents(tmp_path / "new" / "a.yaml") == [b"second"]
    assert contents(tmp_path / "old" / "a.yaml") == [b"first"]


def test_the_file_itself_may_be_gone(tmp_path: Path) -> None:
    keep(tmp_path / "a.yaml", b"first")
    assert contents(tmp_path / "a.yaml") == [b"first"]


@pytest.mark.parametrize(
    "place", ["full", "a file", "closed"], ids=lambda place: place.replace(" ", "-")
)
def test_a_place_that_refuses_prevents_no_save_and_is_told_once(
    session: Session, own_home: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    refuse_place(own_home, place, monkeypatch)
    said = []
    for words in ("le truppe", "Yonhap", "KCNA"):
        tag_words(session, Kind.CLAIM, words)
        said.append(session.save().sentences)
        assert parse_document(session.path.read_bytes(), "x") == session.document()
    assert [len(one) for one in said] == [1, 0, 0]
    assert said[0][0].startswith("Earlier versions of corea del nord.anna.yaml are not kept: ")


def refuse_place(home: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    if place == "a file":
        (home / "annotator").write_text("in the way", "utf-8")
    elif place == "closed":
        monkeypatch.setattr(backups, "_folder_for", full)
    else:
        monkeypatch.setattr("gzip.compress", full)


def test_a_damaged_version_is_told_of(tmp_path: Path, root: Path) -> None:
    keep(tmp_path / "a.yaml", b"a" * 1000)
    (version,) = versions(tmp_path / "a.yaml")
    sound = version.path.read_bytes()
    for damaged in (b"", sound[:-9], b"x" + sound[1:], sound[:12] + b"\xff" + sound[13:]):
        version.path.write_bytes(damaged)
        with pytest.raises(StorageError, match="is damaged"):
            read_version(version)
    version.path.unlink()
    with pytest.raises(StorageError, match="not there"):
        read_version(version)


def test_what_else_lies_there_is_left_alone(tmp_path: Path) -> None:
    keep(tmp_path / "a.yaml", b"a")
    (version,) = versions(tmp_path / "a.yaml")
    for name in ("notes.txt", f"20269999T999999.999999Z-{'0' * 16}.yaml.gz"):
        version.path.with_name(name).write_text("mine", "utf-8")
    keep(tmp_path / "a.yaml", b"b")
    assert contents(tmp_path / "a.yaml") == [b"b", b"a"]
    assert len(list(version.path.parent.iterdir())) == 5


# How many


def test_the_last_ten_are_kept(tmp_path: Path, own_home: Path) -> None:
    for number in range(15):
        keep(tmp_path / "a.yaml", str(number).encode())
    assert contents(tmp_path / "a.yaml")[:10] == [str(n).encode() for n in range(14, 4, -1)]


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("backups=false",), 0),
        (("backups=true", "backups_last=3", "backups_days=0"), 3),
        (("backups_last=3.0", "backups_days=0"), 3),
        (("backups_last=many", "backups_days=0"), 10),
        (("backups_last=-1", "backups_days=0"), 10),
        (("what is this", "backups_days=0"), 11),
    ],
)
def test_the_settings_say_how_many(
    tmp_path: Path, own_home: Path, lines: tuple[str, ...], number: int
) -> None:
    set_limits(own_home, *lines)
    for data in range(15):
        keep(tmp_path / "a.yaml", str(data).encode())
    assert len(versions(tmp_path / "a.yaml")) == number


START = datetime(2026, 1, 1, tzinfo=UTC)


@given(
    minutes=st.lists(st.integers(0, 60 * 24 * 90), max_size=80, unique=True),
    last=st.integers(1, 12),
    days=st.integers(0, 40),
)
def test_the_last_ones_and_one_a_day_stay(minutes: list[int], last: int, days: int) -> None:
    kept = [
        KeptVersion(START + timedelta(minutes=one), "", Path(str(one)))
        for one in sorted(minutes, reverse=True)
    ]
    wanted = list(backups._wanted(kept, Limits(last, days)))
    assert wanted[:last] == kept[:last]
    dates = [one.time.date() for one in wanted[last:]]
    before = list(dict.fromkeys(one.time.date() for one in kept[last:]))
    assert dates == before[:days]
    for one in wanted[last:]:
        assert one == next(v for v in kept[last:] if v.time.date() == one.time.date())


def test_a_clock_that_is_put_back_changes_no_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter((2030, 2026, 2020, 2031))

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Clock:
            return cls(next(times), 1, 1, tzinfo=UTC)

    monkeypatch.setattr(backups, "datetime", Clock)
    for data in (b"a", b"b", b"c", b"d"):
        keep(tmp_path / "a.yaml", data)
    assert contents(tmp_path / "a.yaml") == [b"d", b"c", b"b", b"a"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in its folders")
def test_a_pipe_in_the_place_of_the_settings_or_of_a_version_holds_up_nothing(
    session: Session, own_home: Path
) -> None:
    set_limits(own_home)
    settings = own_home / "config" / "source-attribution-annotator" / "settings.ini"
    settings.unlink()
    os.mkfifo(settings)
    tag_words(session, Kind.CLAIM, "le truppe")
    session.save()
    (version,) = versions(session.path)
    version.path.unlink()
    os.mkfifo(version.path)
    with pytest.raises(StorageError, match="not an ordinary file"):
        read_version(version)
