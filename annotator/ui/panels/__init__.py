"""The panels around the page: each shows values and emits what the user wants of them."""
