"""Who sees a case, and what was seen."""
