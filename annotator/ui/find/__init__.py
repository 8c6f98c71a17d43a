"""Finding words, in the article and in the folder, and tagging what was found."""
