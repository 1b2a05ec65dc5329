"""One module for each noun, its forms beside its views."""
