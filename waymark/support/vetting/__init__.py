"""Whether a provider may be used, and what stops when it may not."""
