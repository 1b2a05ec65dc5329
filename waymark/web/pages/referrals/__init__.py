"""What came in, by whatever way, and its screening."""
