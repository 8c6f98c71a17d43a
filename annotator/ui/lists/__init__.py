"""The lists beside the text: who says what, and all tags."""
