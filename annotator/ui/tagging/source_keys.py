"""The keys of sources: one press tags with a source, with Shift behind the selected tag."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.core.sources import Source
from annotator.ui.command import Command
from annotator.ui.desk import Desk
from annotator.ui.keys.keys import Keys, command_with
from annotator.ui.tagging.tags import Tags
from annotator.ui.talk import Talk
from annotator.ui.widgets.plain import plain_tip

TagWith = Callable[[Source], object]


class SourceKeys(QObject):
    """An action for each source that has a key of its own; they act in the text."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        text: QWidget,
        talk: Talk,
        tags: Tags,
        keys: Callable[[], Mapping[Command, Keys]],
    ) -> None:
        super().__init__(desk)
        self._desk, self._text, self._talk, self._tags, self._keys = desk, text, talk, tags, keys
        self._shown: tuple[Source, ...] | None = None
        self.actions: dict[str, QAction] = {}
        """By the ids of their sources, in the order of the registry."""

    def follow(self) -> None:
        """Bring the actions up to the registry, where that is another one by now."""
        if self._desk.registry.sources != self._shown:
            self.refresh()

    def refresh(self) -> None:
        """Make the actions anew."""
        for action in self.actions.values():
            self._text.removeAction(action)
            action.deleteLater()
        self._shown = self._desk.registry.sources
        keyed = (source for source in self._shown if source.key)
        self.actions = {source.id: self._action(source) for source in keyed}
        self.changed.emit()

    def _action(self, source: Source) -> QAction:
        action = QAction(source.label, self._text)
        action.setToolTip(plain_tip(f"Attribution to {source.name}"))
        behind = QAction(action)
        for one, do in ((action, self._tags.tag_with_source), (behind, self._tags.tag_behind_with)):
            one.triggered.connect(lambda _=False, do=do: self._tag(do, source))
            one.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._text.addAction(one)
        self._bind(source, action, behind)
        return action

    def _tag(self, do: TagWith, source: Source) -> None:
        self._talk.attempt(lambda: do(source))

    def _bind(self, source: Source, action: QAction, behind: QAction) -> None:
        """A key that a command has stays the command's; the page of sources says so."""
        key, keys = (source.key or "").upper(), self._keys()
        if self._desk.registry.by_key.get(key.lower()) is not source:
            return
        for one, wanted in ((action, key), (behind, f"Shift+{key}")):
            if command_with(wanted, keys) is None:
                one.setShortcut(QKeySequence(wanted))
