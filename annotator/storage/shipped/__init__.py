"""What travels with the program: schemas, templates, the sample, and extras to install."""
