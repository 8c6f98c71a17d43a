"""The settings: a form made from the table of settings, and the keys of commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QTabWidget,
    QWidget,
)

from annotator.core.sources import Registry
from annotator.ui.command import Command
from annotator.ui.keys.key_page import KeyPage
from annotator.ui.keys.keys import Keys
from annotator.ui.settings import SETTINGS, Setting, Settings
from annotator.ui.theme import Theme
from annotator.ui.widgets.boxes import in_column
from annotator.ui.widgets.reading_dialogs import button_box

OK, CANCEL = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel


class SettingsDialog(QDialog):
    """Shows the settings and, where they are accepted, puts down what was chosen."""

    def __init__(
        self,
        parent: QWidget,
        settings: Settings,
        keys: Mapping[Command, Keys],
        registry: Registry,
        theme: Theme,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self._settings = settings
        general, form = QWidget(), QFormLayout()
        self._reads = {one.name: _field(form, one, settings) for one in SETTINGS if one.label}
        general.setLayout(form)
        self._key_page = KeyPage(keys, registry, theme)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Settings")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(general, "General")
        self.tabs.addTab(self._key_page, "Keys")
        in_column(self.tabs, button_box(self, OK | CANCEL), inside=self)

    def show_keys(self) -> None:
        """Turn to the keys."""
        self.tabs.setCurrentWidget(self._key_page)

    def accept(self) -> None:
        for name, read in self._reads.items():
            self._settings.put(name, read())
        for name, key in self._key_page.choices().items():
            self._settings.put_key(name, key)
        super().accept()


Read = Callable[[], str | float | bool]


def _field(form: QFormLayout, setting: Setting, settings: Settings) -> Read:
    """A row of the form for one setting; returns how to read what was entered."""
    widget, read = _widget(setting, settings)
    widget.setAccessibleName(setting.label)
    if isinstance(widget, QCheckBox):
        widget.setText(setting.label)
        form.addRow(widget)
    else:
        form.addRow(setting.label, widget)
    return read


def _widget(setting: Setting, settings: Settings) -> tuple[QWidget, Read]:
    if isinstance(setting.default, bool):
        box = QCheckBox()
        box.setChecked(settings.flag(setting.name))
        return box, box.isChecked
    if setting.choices:
        combo = QComboBox()
        combo.addItems(setting.choices)
        combo.setCurrentText(settings.text(setting.name))
        return combo, combo.currentText
    if isinstance(setting.default, str):
        line = QLineEdit(settings.text(setting.name))
        return line, line.text
    spin = QDoubleSpinBox()
    spin.setDecimals(0)
    spin.setRange(setting.least, setting.most)
    spin.setValue(settings.number(setting.name))
    return spin, spin.value
