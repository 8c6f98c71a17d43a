"""Export and import: asking, the work beside the window, then what came of it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QFileDialog

from annotator.core.display_text import count, shown_name
from annotator.core.errors import StorageError
from annotator.formats.exporting import Exported, export_files, export_parts, in_words
from annotator.formats.format import Format, Left, Result
from annotator.formats.importing import Arrived, import_files
from annotator.storage.disk.contents import real
from annotator.ui.desk import Desk
from annotator.ui.exchange.dialogs import ExportDialog, ImportDialog
from annotator.ui.exchange.job import Job, Task, counting, show_file
from annotator.ui.exchange.output_place import OutputPlace, free, place_of
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk
from annotator.ui.widgets.background import Progress
from annotator.ui.widgets.message_bar import Offer
from annotator.ui.widgets.reading_dialogs import show_lines

BUSY = "An export or import is still under way; let it end first."

MOST_LINES = 2000
"""Lines of what was left that are kept to be shown; all of them are counted."""

Scope = tuple[str, list[Path]]
"""How much goes out, in words, and the annotation files."""


class Export(NamedTuple):
    """What goes out: these annotation files, in this format, to this file or folder.

    ``replace`` where the user was asked about a file that is there.
    """

    form: Format
    files: tuple[Path, ...]
    out: Path
    replace: bool = False


@dataclass(frozen=True)
class Import:
    """What comes in: these files or folders, from this format, into this folder of articles."""

    form: Format
    paths: tuple[Path, ...]
    folder: Path
    annotator: str | None


class ExchangeWork:
    """One export or import at a time; the parameters are those of `FileExchange`."""

    def __init__(
        self,
        desk: Desk,
        talk: Talk,
        settings: Settings,
        save: Callable[[], object],
        refresh: Callable[[], object],
        open_path: Callable[[Path], object],
    ) -> None:
        self._desk, self._talk, self._settings = desk, talk, settings
        self._save, self._refresh, self._open_path = save, refresh, open_path
        self.job = Job(talk, BUSY)

    # Export

    def ask_export(self) -> None:
        """Ask for format and extent, then for the place, and export."""
        self.job.refuse_second()
        self._save()
        scopes = self._scopes()
        chosen, sizes = self._settings.text("export_format"), [(s, len(f)) for s, f in scopes]
        dialog = ExportDialog(self._talk.parent, sizes, chosen)

        def go() -> None:
            form, (_, files) = dialog.formats.form, scopes[dialog.scopes.checkedId()]
            self._settings.put("export_format", form.name)
            self._talk.attempt(lambda: self._ask_and_export(form, files))

        dialog.accepted.connect(go)
        dialog.open()

    def _scopes(self) -> list[Scope]:
        session, folder = self._desk.need_session(), self._desk.need_folder()
        who = shown_name(session.header.annotator).replace("&", "&&")
        mine = f"The tagging that is open ({who})"
        everybody = list(folder.annotation_files(session.article_path).values())
        scopes = [
            (mine, [session.path] if session.path.exists() else []),
            ("Everybody's tagging of this article", everybody),
            ("All tagging in the folder", folder.all_files()),
        ]
        if not any(files for _, files in scopes):
            raise StorageError("There is nothing tagged in this folder yet; tag something first.")
        return scopes

    def _ask_and_export(self, form: Format, files: list[Path]) -> None:
        place = self._ask_place(form, files)
        if place is not None:
            self._export(Export(form, tuple(files), place.path, place.replace))

    def _ask_place(self, form: Format, files: list[Path]) -> OutputPlace | None:
        """Where the result goes: a file, or a folder of its own in the one that is chosen."""
        above = self._desk.need_folder().path
        stem = files[0].stem if len(files) == 1 else real(above).name
        if not is_one_file(form, len(files)):
            title = "The folder to export into"
            chosen = QFileDialog.getExistingDirectory(self._talk.parent, title, str(above.parent))
            return OutputPlace(free(Path(chosen) / f"{stem}-{form.name}")) if chosen else None
        kinds = f"{form.title} ({' '.join(f'*{suffix}' for suffix in form.suffixes)})"
        proposal = str(above.parent / f"{stem}{form.suffixes[0]}")
        chosen, _ = QFileDialog.getSaveFileName(self._talk.parent, "Export", proposal, kinds)
        return place_of(self._talk, chosen, "" if Path(chosen).suffix else form.suffixes[0])

    def _export(self, export: Export) -> None:
        title, stopped = f"Exporting as {export.form.title}", "Stopped; nothing was exported."
        task = Task(title, stopped, partial(self._say_exported, export))
        if export.form.paints:  # with Qt, which paints widgets in the window's thread only
            self.job.start_in_slices(task, partial(_painted, export))
        else:
            self.job.start(task, partial(_exported, export))

    def _say_exported(self, export: Export, done: object) -> None:
        assert isinstance(done, Exported)
        sentences = [f"{count(done.files, 'annotation file')} exported to {export.out}."]
        if done.lost:
            sentences.append(f"{export.form.title} cannot carry {in_words(done.lost)}.")
        sentences += done.unread[:3]
        if more := len(done.unread[3:]):
            sentences.append(f"{more:,} more could not be read.")
        say = self._talk.warn if done.unread else self._talk.tell
        say(" ".join(sentences), *_to_show(export.out))

    # Import

    def ask_import(self) -> None:
        """Ask for format, files, annotator and folder, and import."""
        self.job.refuse_second()
        folder = self._desk.folder.path if self._desk.folder else None
        chosen = self._settings.text("import_format")
        dialog = ImportDialog(self._talk.parent, folder, chosen)

        def go() -> None:
            form, into = dialog.formats.form, Path(dialog.folder.text().strip())
            who = dialog.annotator.text().strip() or None
            self._settings.put("import_format", form.name)
            wanted = Import(form, tuple(dialog.paths), into, who)
            self._talk.attempt(lambda: self._import(wanted))

        dialog.accepted.connect(go)
        dialog.open()

    def _import(self, wanted: Import) -> None:
        self._save()
        left: list[Left] = []
        title = f"Importing {wanted.form.title}"
        stopped = "Stopped; each file that was written until then is whole."
        task = Task(title, stopped, partial(self._say_imported, wanted, left))
        self.job.start(task, partial(_imported, wanted, left))

    def _say_imported(self, wanted: Import, left: list[Left], done: object) -> None:
        assert isinstance(done, Arrived)
        sentences, offers = _what_came(done, wanted.folder), list[Offer]()
        if done.left == 1:
            sentences.append(f"{str(left[0]).rstrip('.')}.")
        elif done.left:
            sentences.append(f"{count(done.left, 'thing')} could not be taken.")
            offers.append(("What was left…", partial(self._show_left, left, done.left)))
        if self._is_open(wanted.folder):
            self._refresh()
        elif wanted.folder.is_dir():
            offers.append(("Open the folder", partial(self._open, wanted.folder)))
        (self._talk.warn if done.left else self._talk.tell)(" ".join(sentences), *offers)

    def _show_left(self, left: list[Left], number: int) -> None:
        lines = [str(one) for one in left]
        if number > len(lines):
            lines.append(f"… and {number - len(lines):,} more; the command line lists them all.")
        show_lines(self._talk.parent, "What could not be taken", lines)

    def _is_open(self, folder: Path) -> bool:
        here = self._desk.folder
        return here is not None and real(here.path) == real(folder)

    def _open(self, folder: Path) -> None:
        self._talk.attempt(lambda: self._open_path(folder))


# The work itself


def _exported(export: Export, progress: Progress) -> Exported:
    form, files, out, replace = export
    count = counting(progress, len(files))
    return export_files(form, files, out, count, replace=replace, alone=True)


def _painted(export: Export, progress: Progress) -> Generator[None, None, Exported]:
    from annotator.ui.exchange.painting import painting

    form, files, out, replace = export
    done, count = Exported(), counting(progress, len(files))
    with closing(
        export_parts(painting(form), files, out, lambda _: None, replace=replace)
    ) as parts:
        for part in parts:
            done.add(part)
            count(part.files + len(part.unread))
            yield
    return done


def _imported(wanted: Import, left: list[Left], progress: Progress) -> Arrived:
    def keep(one: Left) -> None:
        if len(left) < MOST_LINES:
            left.append(one)

    return import_files(
        wanted.form,
        wanted.paths,
        wanted.folder,
        wanted.annotator,
        progress=progress,
        tell=keep,
        alone=True,
    )


def _to_show(out: Path) -> list[Offer]:
    """A file can be opened, and the folder that it is in be shown."""
    if out.is_dir():
        return [("Show the folder", partial(show_file, out))]
    folder = partial(show_file, out.parent)
    return [("Open it", partial(show_file, out)), ("Show the folder", folder)]


def _what_came(done: Arrived, folder: Path) -> list[str]:
    """What came of an import, but for what was left."""
    parts = (done.files, "annotation file"), (done.articles, "new article")
    came = ", ".join(count(*part) for part in parts if part[0])
    sentences = [f"{came} imported into {folder}." if came else "Nothing new was imported."]
    if done.known:
        here = "is" if done.known == 1 else "are"
        sentences.append(f"{count(done.known, 'annotation file')} {here} there already.")
    return sentences


def is_one_file(form: Format, files: int) -> bool:
    """Whether one file comes of so many annotation files."""
    return form.result is Result.ONE_FILE or (form.result is Result.FILE_EACH and files == 1)
