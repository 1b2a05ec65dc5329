"""Support as its providers do it, and what is known of them."""
