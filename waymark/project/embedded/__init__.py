"""What we start ourselves where nothing is given: a database, a scanner."""
