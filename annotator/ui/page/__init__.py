"""The page: the article's text, its tags painted by ourselves, caret and selection."""
