"""Who sees a case beyond their post, who must not, and what becomes of their work on it."""
