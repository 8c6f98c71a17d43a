"""What stands around the page: articles, inspector, lists, the source picker, the status bar."""
