"""Formats that mark the article's text up."""
