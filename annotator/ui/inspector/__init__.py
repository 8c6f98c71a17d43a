"""The inspector: everything about the selected tag, and its fields to change."""
