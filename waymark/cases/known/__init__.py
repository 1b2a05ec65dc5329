"""What is known of a case, what is not, and what it means for risk."""
