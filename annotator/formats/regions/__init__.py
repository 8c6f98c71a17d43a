"""Formats of labelled regions and relations: Label Studio and doccano."""
