"""Tables: one row for each annotation, or one line for each token."""
