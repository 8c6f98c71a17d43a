"""Export and import: what is asked beforehand, the work beside the window, what came of it."""
