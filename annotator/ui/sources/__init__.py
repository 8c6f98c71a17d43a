"""The page of sources: the registry, merging and renaming."""
