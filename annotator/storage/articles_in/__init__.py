"""Articles in: one module for each kind of file that articles come in, and one table of them."""
