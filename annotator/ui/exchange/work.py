"""Export and import beside the window: progress that can be stopped, then what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressDialog

from annotator.core.display_text import count
from annotator.core.errors import AnnotatorError
from annotator.formats.exporting import Exported, export_files, export_parts, in_words
from annotator.formats.format import Format, Left, Result
from annotator.formats.importing import Arrived, import_files
from annotator.ui.talk import Offer
from annotator.ui.widgets.background import Background, Progress
from annotator.ui.widgets.slices import Slices

if TYPE_CHECKING:
    from annotator.ui.window import Window

MOST_LINES = 2000
"""Lines of what was left that are kept to be shown; all of them are counted."""

Hear = Callable[[object], object]


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


class Exchange(QObject):
    """One export or import of a window at a time."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._hear: Hear | None = None
        self._stopped = ""
        self._progress: QProgressDialog | None = None
        self._background = Background(self)
        self._background.got_on.connect(self._show_progress)
        self._background.came.connect(self._came)
        self._slices = Slices(self)
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self._background.stop)
        application.aboutToQuit.connect(self._slices.stop)

    @property
    def under_way(self) -> bool:
        """Whether something is going out or coming in."""
        return self._hear is not None

    def send(self, export: Export) -> None:
        """Begin to export."""
        stopped = "Stopped; nothing was exported."
        self._begin(f"Exporting as {export.form.title}", partial(self._sent, export), stopped)
        if export.form.paints:  # with Qt, which paints widgets in the window's thread only
            self._slices.begin(self._paint(export))
        else:
            self._background.start(partial(_export, export))

    def bring(self, wanted: Import) -> None:
        """Begin to import."""
        left: list[Left] = []
        stopped = "Stopped; each file that was written until then is whole."
        self._begin(f"Importing {wanted.form.title}", partial(self._brought, wanted, left), stopped)
        self._background.start(partial(_import, wanted, left))

    def _begin(self, what: str, hear: Hear, stopped: str) -> None:
        self._hear, self._stopped = hear, stopped
        self._progress = self._window.talk.progress(f"{what} …", self._cancel)

    def _paint(self, export: Export) -> Iterator[None]:
        done, so_far = Exported(), 0
        form, files, out, replace = export
        try:
            with closing(export_parts(form, files, out, _silent, replace=replace)) as parts:
                for part in parts:
                    done.add(part)
                    so_far += part.files + len(part.unread)
                    self._show_progress(so_far, len(files))
                    yield
        except AnnotatorError as error:
            self._came(error)
        else:
            self._came(done)

    def _show_progress(self, done: int, of: int) -> None:
        if self._progress is not None:
            self._progress.setMaximum(of)
            self._progress.setValue(min(done, of - 1))

    def _cancel(self) -> None:
        if self._hear is not None:
            self._end()
            self._background.stop()
            self._slices.stop()
            self._window.talk.tell(self._stopped)

    def _end(self) -> Hear | None:
        hear, self._hear = self._hear, None
        if self._progress is not None:
            self._progress.canceled.disconnect()
            self._progress.close()
            self._progress.deleteLater()
            self._progress = None
        return hear

    def _came(self, outcome: object) -> None:
        hear = self._end()
        if isinstance(outcome, AnnotatorError):
            self._window.show_error(outcome)
        elif hear:
            hear(outcome)

    def _sent(self, export: Export, done: object) -> None:
        assert isinstance(done, Exported)
        told = [f"{count(done.files, 'annotation file')} exported to {export.out}."]
        if done.lost:
            told.append(f"{export.form.title} cannot carry {in_words(done.lost)}.")
        told += done.unread[:3]
        if more := len(done.unread) - 3 if len(done.unread) > 3 else 0:
            told.append(f"{more:,} more could not be read.")
        say = self._window.talk.warn if done.unread else self._window.talk.tell
        say(" ".join(told), *_to_show(export.out))

    def _brought(self, wanted: Import, left: list[Left], done: object) -> None:
        assert isinstance(done, Arrived)
        told, offers = _what_came(done, wanted.folder), list[Offer]()
        if done.left == 1:
            told.append(f"{str(left[0]).rstrip('.')}.")
        elif done.left:
            told.append(f"{count(done.left, 'thing')} could not be taken.")
            offers.append(("What was left…", partial(self._show_left, left, done.left)))
        if not self._refresh(wanted.folder) and wanted.folder.is_dir():
            offers.append(("Open the folder", partial(self._open, wanted.folder)))
        (self._window.talk.warn if done.left else self._window.talk.tell)(" ".join(told), *offers)

    def _show_left(self, left: list[Left], number: int) -> None:
        from annotator.ui.keys.dialogs import show_lines

        lines = [str(one) for one in left]
        if number > len(lines):
            lines.append(f"… and {number - len(lines):,} more; the command line lists them all.")
        show_lines(self._window, "What could not be taken", lines)

    def _refresh(self, folder: Path) -> bool:
        """Show what is new in the open folder; false where it is another one."""
        from annotator.ui.articles import opening

        here = self._window.folder
        if here is None or here.path.resolve() != folder.resolve():
            return False
        opening.show_articles(self._window)
        return True

    def _open(self, folder: Path) -> None:
        from annotator.ui.articles import opening

        self._window.attempt(lambda: opening.open_target(self._window, folder))


def _export(export: Export, progress: Progress) -> Exported:
    of, done = len(export.files), 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        progress(done, of)

    form, files, out, replace = export
    return export_files(form, files, out, count, replace=replace, alone=True)


def _silent(_: int) -> None:
    """For work that shows its progress by itself."""


def _import(wanted: Import, left: list[Left], progress: Progress) -> Arrived:
    def tell(one: Left) -> None:
        if len(left) < MOST_LINES:
            left.append(one)

    return import_files(
        wanted.form,
        wanted.paths,
        wanted.folder,
        wanted.annotator,
        progress=progress,
        tell=tell,
        alone=True,
    )


def _to_show(out: Path) -> list[Offer]:
    """A file can be opened where it is, and its folder be shown."""
    if out.is_dir():
        return [("Show the folder", partial(_show, out))]
    return [("Open it", partial(_show, out)), ("Show the folder", partial(_show, out.parent))]


def _what_came(done: Arrived, folder: Path) -> list[str]:
    """What came of an import; what was left is not told here."""
    parts = (done.files, "annotation file"), (done.articles, "new article")
    came = ", ".join(count(*part) for part in parts if part[0])
    told = [f"{came} imported into {folder}." if came else "Nothing new was imported."]
    if done.known:
        here = "is" if done.known == 1 else "are"
        told.append(f"{count(done.known, 'annotation file')} {here} there already.")
    return told


def _show(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def is_one_file(form: Format, files: int) -> bool:
    """Whether one file comes of so many annotation files."""
    return form.result is Result.ONE_FILE or (form.result is Result.FILE_EACH and files == 1)
