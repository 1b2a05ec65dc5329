"""The policy as data: the pack, its schema and its loader. No Django here."""
