"""Articles: opening, saving, adding, the list of a folder's articles, who else has tagged them."""
