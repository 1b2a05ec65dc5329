"""What pages read of panels, meetings, opinions and ends."""
