"""File ▸ Export… and File ▸ Import…: asking, then the work."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from annotator.core.errors import EditRefused, StorageError
from annotator.formats.format import Format
from annotator.storage.disk.contents import real
from annotator.ui.exchange.dialogs import ExportDialog, ImportDialog
from annotator.ui.exchange.output_place import Place, place_of
from annotator.ui.exchange.work import Exchange, Export, Import, is_one_file

if TYPE_CHECKING:
    from annotator.ui.window import Window

Scope = tuple[str, list[Path]]
"""How much goes out, in words, and the annotation files."""


def exchange_of(window: Window) -> Exchange:
    """The window's export or import; raises `EditRefused` while one is under way."""
    found = window.findChild(Exchange) or Exchange(window)
    if found.under_way:
        raise EditRefused("An export or import is still under way; let it end first.")
    return found


def ask_export(window: Window) -> None:
    """Ask for format and extent, then for the place, and export."""
    exchange = exchange_of(window)
    window.saving.finish()
    scopes = _scopes(window)
    chosen = window.settings.text("export_format")
    dialog = ExportDialog(window, [(told, len(files)) for told, files in scopes], chosen)

    def go() -> None:
        form, (_, files) = dialog.formats.form, scopes[dialog.scopes.checkedId()]
        window.settings.put("export_format", form.name)
        window.attempt(lambda: _export(window, exchange, form, files))

    dialog.accepted.connect(go)
    dialog.open()


def _scopes(window: Window) -> list[Scope]:
    session, folder, here = window.desk.session, window.folder, window.article
    assert session is not None
    assert folder is not None
    assert here is not None
    mine = f"The tagging that is open ({session.header.annotator})"
    scopes = [
        (mine, [session.path] if session.path.exists() else []),
        ("Everybody's tagging of this article", list(folder.annotation_files(here).values())),
        ("All tagging in the folder", folder.all_files()),
    ]
    if not any(files for _, files in scopes):
        raise StorageError("There is nothing tagged in this folder yet; tag something first.")
    return scopes


def _export(window: Window, exchange: Exchange, form: Format, files: list[Path]) -> None:
    place = _ask_place(window, form, files)
    if place is not None:
        exchange.send(Export(form, tuple(files), place.path, place.replace))


def _ask_place(window: Window, form: Format, files: list[Path]) -> Place | None:
    """Where the result is to lie: a file, or a folder of its own in the one that was chosen."""
    assert window.folder is not None
    above = window.folder.path
    stem = files[0].stem if len(files) == 1 else real(above).name
    if not is_one_file(form, len(files)):
        title = "The folder to export into"
        chosen = QFileDialog.getExistingDirectory(window, title, str(above.parent))
        return Place(free(Path(chosen) / f"{stem}-{form.name}")) if chosen else None
    kinds = f"{form.title} ({' '.join(f'*{suffix}' for suffix in form.suffixes)})"
    proposal = str(above.parent / f"{stem}{form.suffixes[0]}")
    chosen, _ = QFileDialog.getSaveFileName(window, "Export", proposal, kinds)
    return place_of(window.talk, chosen, "" if Path(chosen).suffix else form.suffixes[0])


def free(path: Path) -> Path:
    """A path at which there is nothing yet, with a number if need be."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return path if not path.exists() else next(one for one in numbered if not one.exists())


def ask_import(window: Window) -> None:
    """Ask for format, files, annotator and folder, and import."""
    exchange = exchange_of(window)
    folder = window.folder.path if window.folder else None
    dialog = ImportDialog(window, folder, window.settings.text("import_format"))

    def go() -> None:
        form, into = dialog.formats.form, Path(dialog.folder.text().strip())
        who = dialog.annotator.text().strip() or None
        window.settings.put("import_format", form.name)
        wanted = Import(form, tuple(dialog.paths), into, who)
        window.attempt(lambda: _import(window, exchange, wanted))

    dialog.accepted.connect(go)
    dialog.open()


def _import(window: Window, exchange: Exchange, wanted: Import) -> None:
    window.saving.finish()
    exchange.bring(wanted)
