"""The assessment of 22 factors."""
