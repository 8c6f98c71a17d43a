"""The article's text: offsets, what a reader sees as one character, quotation marks, finding."""
