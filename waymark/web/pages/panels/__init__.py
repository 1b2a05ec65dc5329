"""A panel, its meetings, its decisions and its minutes."""
