"""Comparing colleagues: which annotations are versions of one thing, and how far people agree."""
