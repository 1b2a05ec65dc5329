"""The same words on paper: what is printed, saved or sealed."""
