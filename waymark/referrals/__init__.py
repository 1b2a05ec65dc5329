"""What a referrer sent word for word, the receipt, questions, screening."""
