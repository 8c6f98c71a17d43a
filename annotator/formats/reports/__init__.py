"""Reports on an annotated article, for people to read."""
