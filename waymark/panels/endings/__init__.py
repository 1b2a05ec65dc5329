"""Ends that two people endorse, and the reviews after them."""
