"""Home, and a case as those who work on it see it."""
