"""What pages read of plans, pieces and consent."""
