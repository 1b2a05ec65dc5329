"""Jobs of the worker: what is done later, and what is looked at again and again."""
