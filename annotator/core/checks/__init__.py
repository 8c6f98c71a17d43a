"""What is wrong with a tagged article, and what is left for an editor to decide in it."""
