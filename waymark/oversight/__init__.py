"""Oversight: how those who do this work are supervised, trained and cleared; what is kept up."""
