"""Tables of the audit, and the database's own check of each event."""
