"""Around the pages of one thing: who reaches it, its head, how an act on it is asked."""
