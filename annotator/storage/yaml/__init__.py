"""YAML as we read and write it: the 1.2 core only, with the line of every node."""
