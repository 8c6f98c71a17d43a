"""Ways in and out: one module for each exchange format, and one table of them."""
