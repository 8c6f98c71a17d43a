"""Reviewing colleagues' tagging: the list of items, the card, the decisions."""
