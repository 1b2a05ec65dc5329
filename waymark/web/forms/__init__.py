"""The questions that pages ask, and what they say where an answer is missing."""
