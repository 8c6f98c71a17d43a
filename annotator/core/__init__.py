"""What a tagged article is: values, verbs, offsets, sources, checks. No Qt, no files."""
