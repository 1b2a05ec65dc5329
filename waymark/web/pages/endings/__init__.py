"""Exit, reviews after it, transfer to another panel."""
