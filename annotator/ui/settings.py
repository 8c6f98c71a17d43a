"""What the program remembers: one table, one file; the settings dialog is made from the table."""

from __future__ import annotations

from typing import NamedTuple

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

from annotator.storage.log import APP


class Setting(NamedTuple):
    """One remembered value; those with a ``label`` are in the settings dialog."""

    name: str
    default: str | int | float | bool
    label: str = ""
    choices: tuple[str, ...] = ()
    least: float = 0
    most: float = 0


SETTINGS = (
    Setting("annotator", "", "Your name, as it stands in your files"),
    Setting("colours", "system", "Colours", choices=("system", "light", "dark")),
    Setting("zoom", 12.0, "Size of the text in points", least=7, most=40),
    Setting("trim", True, "Leave blanks and stray punctuation out of new tags"),
    Setting("propose_parts", True, "Propose the mention and the cue of new attributions"),
    Setting(
        "autosave_seconds", 20, "Save after so many seconds without a change", least=2, most=600
    ),
    Setting("backups", True, "Keep earlier versions of what is saved"),
    Setting("backups_last", 10, "How many of the latest versions to keep", least=1, most=1000),
    Setting("backups_days", 30, "Then keep one a day, for so many days", most=3650),
    Setting("last_path", ""),
    Setting("recent_folders", "[]"),
    Setting("export_format", ""),
    Setting("import_format", ""),
    Setting("articles_shown", True),
    Setting("inspector_shown", True),
    Setting("list_shown", 0, most=2),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings:
    """The remembered values, read and written by the names of `SETTINGS`."""

    def __init__(self) -> None:
        path = user_config_path(APP, appauthor=False) / "settings.ini"
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, name: str) -> str:
        """A remembered text."""
        return str(self._store.value(name, _BY_NAME[name].default))

    def number(self, name: str) -> float:
        """A remembered number; the default where the file holds none that could be."""
        setting = _BY_NAME[name]
        default = float(setting.default)
        try:
            number = float(str(self._store.value(name, default)))
        except ValueError:
            return default
        return number if 0 <= number <= setting.most else default

    def flag(self, name: str) -> bool:
        """A remembered yes or no."""
        return str(self._store.value(name, _BY_NAME[name].default)).lower() == "true"

    def put(self, name: str, value: str | int | float | bool) -> None:
        """Remember a value."""
        kept = str(value).lower() if isinstance(value, bool) else value
        self._store.setValue(_BY_NAME[name].name, kept)

    def key(self, command: str) -> str | None:
        """The key a user chose for a command, or None for the one it comes with."""
        chosen = self._store.value(f"keys/{command}")
        return None if chosen is None else str(chosen)

    def put_key(self, command: str, key: str | None) -> None:
        """Remember a chosen key, empty for none; None forgets the choice."""
        if key is None:
            self._store.remove(f"keys/{command}")
        else:
            self._store.setValue(f"keys/{command}", key)

    def shape(self, name: str) -> QByteArray:
        """A remembered window or splitter geometry; empty when there is none."""
        value = self._store.value(f"shapes/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def put_shape(self, name: str, value: QByteArray) -> None:
        """Remember a geometry."""
        self._store.setValue(f"shapes/{name}", value)

    def flush(self) -> None:
        """Write to disk now."""
        self._store.sync()
