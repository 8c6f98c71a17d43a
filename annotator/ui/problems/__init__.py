"""Problems: what is left for the editor to decide, and how that is done."""
