"""Chains of sources: who says what, through whom, and how that is drawn."""
