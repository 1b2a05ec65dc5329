"""What leads and supervisors read of the work."""
