"""Areas, organisations, people who work here, their appointments; permission."""
