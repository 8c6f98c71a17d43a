"""Everything that can go wrong, as one tree.

::

    AnnotatorError              str(error) is the sentence a person reads
    ├── ArticleError            the article cannot be read as text
    ├── FormatError             a file is not what its format says; names file and line
    │   └── NewerFormat         … since a newer program wrote it: it is sound, and never replaced
    ├── NotOpened               a path cannot be opened as it is; names the path
    ├── Refused                 what was asked for cannot be done now; nothing has changed
    │   ├── EditRefused         … since it would break the tagging (a cycle, an empty span)
    │   │   └── StaleChange     the annotations are no longer as the change expects them
    │   └── ExchangeRefused     … since nothing can go out or come in at the moment
    └── StorageError            a file could not be read or written
        ├── ArticleChanged      the article is no longer the text that is being tagged
        ├── ChangedOnDisk       somebody else wrote the file meanwhile
        │   ├── Collisions      … and changed what was changed here; carries both versions
        │   └── Overtaken       … just now: looking again and writing again will do
        └── Locked              somebody else has the file open

Each sentence says what is wrong, where (``file:line`` where there is one) and what to do.
"""

from __future__ import annotations

from annotator.core.display_text import escaped
from annotator.core.model import Collision


class AnnotatorError(Exception):
    """The root: whatever the window or the command line may show as it stands.

    A file may be called anything; nothing in a sentence that names it steers where it is shown.
    """

    def __str__(self) -> str:
        return escaped(super().__str__())


class ArticleError(AnnotatorError):
    """The bytes of an article are not text that spans could be counted in."""


class FormatError(AnnotatorError):
    """A file does not keep to its format.

    ``path`` and ``line`` (1-based) say where, ``what`` what is wrong, ``expected`` what
    should stand there instead.
    """

    def __init__(self, path: str, line: int, what: str, expected: str = "") -> None:
        self.path, self.line, self.what, self.expected = path, line, what, expected
        super().__init__(f"{path}:{line}: {what}" + (f", expected {expected}" if expected else ""))


class NewerFormat(FormatError):
    """A file has a higher format number than this program knows; nothing is written over it."""


class NotOpened(AnnotatorError):
    """What was to be opened at ``path`` cannot be, for the ``reason`` given.

    It may still be something that an article can be taken from.
    """

    def __init__(self, path: str, reason: AnnotatorError) -> None:
        self.path, self.reason = path, reason
        super().__init__(str(reason))


class Refused(AnnotatorError):
    """What was asked for cannot be done now; nothing has changed."""


class EditRefused(Refused):
    """A verb was asked for something that would break the tagging."""


class StaleChange(EditRefused):
    """The annotations a change starts from are no longer there as it knew them."""


class ExchangeRefused(Refused):
    """Nothing can be exported, imported or reported now: there is nothing, or work under way."""


class StorageError(AnnotatorError):
    """A file or folder could not be read, written or locked."""


class ArticleChanged(StorageError):
    """The article's file no longer holds the text that is being tagged; it may again."""


class ChangedOnDisk(StorageError):
    """The file on disk is no longer the one that was read."""


class Collisions(ChangedOnDisk):
    """Both sides changed the same annotations; saving needs a decision on each.

    ``collisions`` holds them with both versions.
    """

    def __init__(self, message: str, collisions: tuple[Collision, ...]) -> None:
        super().__init__(message)
        self.collisions = collisions


class Overtaken(ChangedOnDisk):
    """Somebody wrote the file between our looking at it and our writing; theirs stands.

    ``kept`` names the file that holds a state of it which nobody may have seen, if there is one.
    """

    def __init__(self, message: str, kept: str = "") -> None:
        super().__init__(message)
        self.kept = kept


class Locked(StorageError):
    """Another window, perhaps of another person, has the file open for writing."""
