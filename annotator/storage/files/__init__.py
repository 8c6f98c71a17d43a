"""The kinds of files: bytes to values and back, and where the files of a folder may lie."""
