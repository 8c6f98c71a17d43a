"""The source-attribution annotator: who says so, and how do we know?"""

__version__ = "0.1.0"
