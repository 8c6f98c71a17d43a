"""Keys: which command has which, the command palette, keys in menus."""
