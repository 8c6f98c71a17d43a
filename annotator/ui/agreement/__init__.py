"""The page on agreement: who agrees with whom, in what, and in which articles least."""
