"""``python -m annotator`` is the command ``annotator``."""

from annotator.start import main

main()
