"""Tagging: making tags, their boundaries and parts, links, asking for a source."""
