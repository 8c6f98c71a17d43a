"""Earlier versions of the user's files, and restoring one."""
