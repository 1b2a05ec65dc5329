"""A referral until it is sent, and the receipt for it."""
