"""What every table stands on: keys, row-level security, sealing, the clock. No domain."""
