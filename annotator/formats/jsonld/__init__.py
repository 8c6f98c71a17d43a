"""W3C Web Annotation: out and back without loss."""
