"""Comparing colleagues: matching, agreement, decisions."""
