"""Checking files: what is wrong in them, by line."""
