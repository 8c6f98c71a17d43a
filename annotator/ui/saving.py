"""Saving: on the key, when the hands rest, on leaving; the slow part beside the window."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation
from annotator.storage.session import AnnotationCollision, Collided, PreparedSave, Session
from annotator.ui.desk import Desk
from annotator.ui.talk import Talk


class _Writer(QObject, QRunnable):
    """Writes a prepared save in a thread of the pool."""

    written = Signal(object, object)


class Saving(QObject):
    """Keeps the file on disk up with the desk; ``state_changed`` whenever saved turns to not."""

    state_changed = Signal()
