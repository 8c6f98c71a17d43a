"""The files: YAML, schema, journal, folder of articles. No Qt."""
