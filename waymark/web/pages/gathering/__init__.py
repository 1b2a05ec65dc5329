"""From information gathering to the next step."""
