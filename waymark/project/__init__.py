"""Settings, addresses, commands: what puts the rooms together."""
