"""A meeting: its day, its people, its agenda, its minutes."""
