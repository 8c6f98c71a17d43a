"""What is done to whole folders: adding articles, importing, exporting, renaming a source."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from annotator.formats import exporting, importing, table
from annotator.formats.format import Format, Result
from annotator.storage import source_renames
from annotator.storage.articles_in.add import add_files
from annotator.storage.disk.contents import read_bytes
from annotator.storage.files.annotation_file import parse_document
from annotator.storage.files.article_header import header_path
from annotator.storage.files.source_file import parse_registry
from annotator.storage.folder import Folder
from annotator.storage.reading import annotation_files_in
from tests.torture.children import Tell, attempt
from tests.torture.places import open_as, refuse_damage, seed_folder
from tests.torture.rounds import Outcome
from tests.torture.scenarios import Scenario, Story

OLD, NEW = "kcna", "kcna-new"
MINE = b"what was there before\n"


def _incoming(home: Path, _tell: Tell) -> Path:
    (home / "in.md").write_text("# Titel\n\n" + "Das sagt jemand in einem Artikel. " * 9)
    (home / "two.txt").write_text("Un altro articolo, con altre parole e nient'altro.\n" * 5)
    (home / "out").mkdir()
    (home / "out" / "mine.txt").write_bytes(MINE)
    return home


def _add(home: Path, tell: Tell) -> None:
    def add() -> None:
        for one in add_files([home / "in.md", home / "two.txt"], home / "out"):
            if one.error:
                raise one.error

    attempt(tell, add)


def _judge_added(home: Path, _story: Story, outcome: Outcome) -> None:
    _refuse_other_mine(home / "out" / "mine.txt", outcome)
    for name in ("in.md", "two.txt"):
        article = home / "out" / name
        if not article.exists() or not article.read_bytes().strip():
            outcome.lost(f"{name} is not there although it was added again")
        elif not header_path(article).exists():
            outcome.damaged(f"{name} is there without its header")
    if len(list(Folder(home / "out").articles())) != 3:
        outcome.damaged(f"other articles: {sorted(path.name for path in (home / 'out').iterdir())}")
    _refuse_leftovers(home / "out", outcome)


def _refuse_other_mine(path: Path, outcome: Outcome) -> None:
    if not path.exists() or path.read_bytes() != MINE:
        outcome.lost(f"{path.name}, which was there before")


def _refuse_leftovers(folder: Path, outcome: Outcome) -> None:
    """Nothing empty, and nothing half written under a name that people see."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith(".") and not path.read_bytes():
            outcome.damaged(f"{path.name} is empty")


def _exported(home: Path, _tell: Tell) -> Path:
    seeds = home / "seeds"
    seed_folder(seeds)
    _export_to(_format("jsonld"), seeds, home / "jsonld")
    (home / "out").mkdir()
    return home


def _format(name: str) -> Format:
    return next(form for form in table.FORMATS if form.name == name)


def _export_to(form: Format, seeds: Path, out: Path, *, replace: bool = False) -> None:
    files = annotation_files_in([seeds])
    exporting.export_files(form, files, out, lambda _: None, replace=replace, alone=True)


def _import(home: Path, tell: Tell) -> None:
    attempt(
        tell,
        lambda: importing.import_files(
            _format("jsonld"),
            [home / "jsonld"],
            home / "out",
            None,
            progress=lambda _done, _of: None,
            tell=lambda _left: None,
            alone=True,
        ),
    )


def _judge_imported(home: Path, _story: Story, outcome: Outcome) -> None:
    out = home / "out"
    refuse_damage(out, outcome)
    _refuse_leftovers(out, outcome)
    found = sorted(path.name for path in Folder(out).all_files())
    wanted = sorted(path.name for path in Folder(home / "seeds").all_files())
    if found != wanted:
        outcome.lost(f"imported again, and there is {found}, not {wanted}")
    if len(list(Folder(out).articles())) != 1:
        outcome.damaged("the article is there twice, or not at all")


def _to_export(home: Path, _tell: Tell) -> Path:
    seed_folder(home / "seeds")
    (home / "out").mkdir()
    (home / "out" / "mine.txt").write_bytes(MINE)
    return home


def _to_export_again(form: Format, home: Path, _tell: Tell) -> Path:
    """An older export lies there, and is to be replaced."""
    target = _target(form, _to_export(home, _tell))
    if form.result is Result.ONE_FILE:
        target.write_bytes(MINE)
    else:
        _export_to(form, home / "seeds", target)
    return home


def _target(form: Format, home: Path) -> Path:
    return home / "out" / (f"all{form.suffixes[0]}" if form.result is Result.ONE_FILE else "new")


def _export(form: Format, home: Path, tell: Tell) -> None:
    if attempt(tell, lambda: _export_to(form, home / "seeds", _target(form, home), replace=True)):
        tell("exported", form.name)


def _judge_exported(form: Format, home: Path, story: Story, outcome: Outcome) -> None:
    """What is there is whole: the same as another export writes, or as it was."""
    _refuse_other_mine(home / "out" / "mine.txt", outcome)
    shutil.move(home / "out", home / "first")
    (home / "out").mkdir()
    _export(form, home, lambda _word, _text: None)
    wanted, found = _contents(home / "out"), _contents(home / "first")
    del found["mine.txt"]
    is_done = any(word == "exported" for word, _ in story.told)
    for name, data in found.items():
        if data != wanted.get(name) and (is_done or data != MINE):
            outcome.damaged(f"{name} is not what an export writes")
    if is_done and found.keys() != wanted.keys():
        outcome.lost(f"it said that it was done, and {sorted(set(wanted) - set(found))} missing")


def _contents(folder: Path) -> dict[str, bytes]:
    """All files but hidden ones, and those in hidden folders, by their path in the folder."""
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if "/." not in f"/{name}"}


def _exporting(name: str, prepare: Callable[[Path, Tell], Path], how: str = "") -> Scenario:
    form = _format(name)
    export, judge = partial(_export, form), partial(_judge_exported, form)
    return Scenario(f"export {name}{how}", prepare, export, judge, again=export)


def _exporting_again(name: str) -> Scenario:
    return _exporting(name, partial(_to_export_again, _format(name)), " again")


def _rename(home: Path, tell: Tell) -> None:
    def rename() -> None:
        folder = Folder(home)
        registry = parse_registry(read_bytes(folder.sources_file), "sources.yaml")
        source_renames.carry_out(source_renames.plan(folder, registry, registry.by_id[OLD], NEW))

    if attempt(tell, rename):
        tell("renamed", NEW)


def _judge_renamed(home: Path, story: Story, outcome: Outcome) -> None:
    """All files, or none; finished at the next opening where it was cut short."""
    for _ in range(2):
        open_as(home, "zoe").session.abandon()
    refuse_damage(home, outcome)
    ids = parse_registry((home / "sources.yaml").read_bytes(), "sources.yaml").by_id
    files = [parse_document(path.read_bytes(), path.name) for path in Folder(home).all_files()]
    used = {one.source for document in files for one in document.annotations}
    if len({OLD, NEW} & used) != 1 or (NEW in ids) != (NEW in used):
        outcome.damaged(f"half renamed: {sorted({OLD, NEW} & used)} used, {sorted(ids)} known")
    if any(word == "renamed" for word, _ in story.told) and OLD in used:
        outcome.lost("it said that it was done")
    for path in home.rglob(".*"):
        if path.name.endswith((".new", ".journal")):
            outcome.damaged(f"{path.name} is left")


FOLDER_SCENARIOS: tuple[Scenario, ...] = (
    Scenario("add", _incoming, _add, _judge_added, again=_add),
    Scenario("import", _exported, _import, _judge_imported, again=_import),
    *(_exporting(name, _to_export) for name in ("csv", "brat", "html")),
    *map(_exporting_again, ("csv", "brat", "html")),
    Scenario("rename source", lambda home, _tell: seed_folder(home), _rename, _judge_renamed),
)
