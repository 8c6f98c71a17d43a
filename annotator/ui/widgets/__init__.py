"""Widgets and small helpers that several features share."""
