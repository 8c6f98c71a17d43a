"""The window: the only place for Qt."""

# Before Qt, not after it: PySide6 looks into the source of each module that is imported once it
# is there itself, which makes up a tenth of the time in which the program starts.
import annotator.storage.opening  # noqa: F401
