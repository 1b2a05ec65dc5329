"""What pages print of the work, as rows."""
