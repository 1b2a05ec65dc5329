"""Before, at and after an end, whichever it is."""
