"""The provenance picture: what is said, who says so, and through whom, drawn as a graph."""
