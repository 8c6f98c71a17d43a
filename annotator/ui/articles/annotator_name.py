"""The annotator's name: asked for once, or given for one run."""

from __future__ import annotations

from annotator.storage.disk.lock_holder import user_name
from annotator.ui.settings import Settings
from annotator.ui.talk import Talk


class AnnotatorName:
    """Whose tagging it is: the name of this run, else the one that is remembered."""

    def __init__(self, talk: Talk, settings: Settings) -> None:
        self._talk, self._settings = talk, settings
        self._of_this_run: str | None = None

    @property
    def known(self) -> str:
        """The name as far as it is known; empty where nobody has given one."""
        return self._of_this_run or self._settings.text("annotator")

    def set_for_run(self, name: str | None) -> None:
        """Take a name for this run; None for the remembered one."""
        self._of_this_run = name

    def remember_first(self, name: str) -> None:
        """Remember a name where none is remembered yet."""
        if not self._settings.text("annotator"):
            self._settings.put("annotator", name)

    def ask(self) -> str | None:
        """The name, which is asked for where it is not known; None where it is not given."""
        name = self.known
        if not name:
            question = "Your name, as your colleagues will see it in your files:"
            name = self._talk.ask_text(question, user_name("")) or ""
            self._settings.put("annotator", name)
        return name or None
