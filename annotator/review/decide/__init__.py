"""A reviewer's decisions on colleagues' annotations."""
