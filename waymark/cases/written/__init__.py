"""What is written on a case beside its stages."""
