"""What happened and who looked: append-only and chained."""
