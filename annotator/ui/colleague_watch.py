"""Notices that a colleague has saved another version while the review lies open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

REST_MS = 200
"""So long the folder must be at rest: a file is made, then put in its place."""

Signature = tuple[tuple[str, int, int], ...]


class ColleagueWatch(QObject):
    """Watches the folder of some files; files that are replaced cannot be watched themselves."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._files: tuple[Path, ...] = ()
        self._seen: Signature = ()
        self._watcher = QFileSystemWatcher(self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(lambda _: self._rest.start())

    def watch(self, folder: Path, files: tuple[Path, ...]) -> None:
        """Watch these files of ``folder`` from now on; none to watch nothing."""
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)
        self._files, self._seen = files, _signature(files)
        if files:
            self._watcher.addPath(str(folder))

    def look(self) -> None:
        """Tell if any of the files is another one by now."""
        now = _signature(self._files)
        if now != self._seen:
            self._seen = now
            self.changed.emit()


def _signature(files: tuple[Path, ...]) -> Signature:
    return tuple(found for path in files if (found := _stat(path)))


def _stat(path: Path) -> tuple[str, int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return path.name, stat.st_mtime_ns, stat.st_size
