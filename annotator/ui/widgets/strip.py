"""The tool strip: the kinds, the sources that have keys, then what else is at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QToolBar

from annotator.ui.actions import Actions
from annotator.ui.theme import Theme
from annotator.ui.widgets.key_button import KeyButton

SourceButton = tuple[QAction, QColor | None]
"""What a source's button does, and the colour of its dot."""


class Strip(QToolBar):
    """Buttons that show their keys; those that tag look idle where nothing may be changed."""

    def __init__(self) -> None:
        super().__init__("Tags and sources")
        self.setObjectName("strip")
        self.setMovable(False)

    def fill(self, actions: Actions, sources: Sequence[SourceButton], theme: Theme) -> None:
        """Show other buttons."""
        for former in self.actions():
            self.removeAction(former)
            former.deleteLater()  # clearing the bar would leave it, with its button, to the window
        commands = [command for command in actions.commands if command.strip]
        for command in commands:
            if command.kind:
                line = theme.kinds[command.kind].line
                self.addWidget(KeyButton(actions[command.name], line, tags=True))
        if sources:
            self.addSeparator()
        for action, dot in sources:
            self.addWidget(KeyButton(action, dot, tags=True))
        self.addSeparator()
        for command in commands:
            if not command.kind:
                self.addWidget(KeyButton(actions[command.name]))

    def set_idle(self, idle: bool) -> None:
        """Let what would tag look as if it could do nothing now."""
        for button in self.findChildren(KeyButton):
            button.set_idle(button.tags and idle)
