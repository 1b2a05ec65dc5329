"""Plans, and the pieces of support in them."""
