"""Functions, mark and clock that every other migration stands on."""
