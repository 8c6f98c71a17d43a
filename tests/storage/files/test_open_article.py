"""The article changes under a session: nothing is tagged or saved onto another text."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.errors import ArticleChanged
from annotator.storage.disk.journal import journal_path
from annotator.storage.folder import Folder
from annotator.storage.session import Session
from tests.storage.conftest import TEXT, Open
from tests.storage.hands import do_tag, note, on_disk

Change = Callable[[Path], object]


def rewritten(path: Path) -> None:
    path.write_text("Ganz anderer Text.\n", "utf-8")


def of_the_same_length(path: Path) -> None:
    path.write_bytes(TEXT.replace("Secondo", "SECONDO").encode())


def replaced(path: Path) -> None:
    path.with_name("new").write_text("Ganz anderer Text.\n", "utf-8")
    path.with_name("new").replace(path)


def gone(path: Path) -> None:
    path.unlink()


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_link_outside(path: Path) -> None:
    path.unlink()
    outside = path.parents[2] / "outside.txt"
    outside.write_bytes(TEXT.encode())
    path.symlink_to(outside)


def no_text(path: Path) -> None:
    path.write_bytes(b"\xff\0")


def back(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    path.unlink(missing_ok=True)
    path.write_bytes(TEXT.encode())


@pytest.fixture
def article(folder: Folder) -> Path:
    return folder.articles()[0]


@pytest.mark.parametrize(
    "change",
    [rewritten, of_the_same_length, replaced, gone, folder_instead, a_link_outside, no_text],
)
def test_nothing_is_tagged_or_saved_until_the_text_is_back(
    session: Session, article: Path, change: Change
) -> None:
    claim = do_tag(session, 0, 7)
    session.save()
    note(session, claim.id, "confirmed before")
    before, journal = session.path.read_bytes(), journal_path(session.path).read_bytes()
    change(article)
    for act in (lambda: note(session, claim.id, "later"), session.save, session.close):
        with pytest.raises(ArticleChanged, match="until the text that you are tagging is back"):
            act()
    assert session.article_error
    assert session.path.read_bytes() == before
    assert journal_path(session.path).read_bytes() == journal
    back(article)
    assert session.article_error is None
    note(session, claim.id, "later")
    session.close()
    assert [one.note for one in on_disk(session).annotations] == ["later"]


def test_another_form_of_the_same_text_is_the_same_text(session: Session, article: Path) -> None:
    do_tag(session, 0, 7)
    article.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    do_tag(session, 8, 15)
    session.close()
    assert len(on_disk(session).annotations) == 2


def test_what_was_confirmed_comes_back_with_the_text(open_as: Open, article: Path) -> None:
    session = open_as().session
    do_tag(session, 0, 7)
    session.save()
    do_tag(session, 8, 15)
    rewritten(article)
    session.abandon()
    back(article)
    assert len(open_as().session.tagging) == 2


def test_the_article_is_not_read_for_each_edit(
    session: Session, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_tag(session, 0, 7)
    opened = list[Path]()
    real = os.open

    def counting(path: Path, flags: int, *mode: int) -> int:
        opened.append(Path(path))
        return real(path, flags, *mode)

    monkeypatch.setattr(os, "open", counting)
    for start in (8, 18, 21):
        do_tag(session, start, start + 3)
    assert article not in opened
    session.close()
    assert opened.count(article) == 1
