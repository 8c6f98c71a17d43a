"""Work over many files, spread over all cores."""
