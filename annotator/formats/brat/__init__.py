"""brat standoff: out and back without loss, and in from corpora."""
