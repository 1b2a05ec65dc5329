"""What every request passes in and out: whose it is, what may be sent, what is kept."""
