"""Bytes on the disk: replaced whole or not at all, journals, locks."""
