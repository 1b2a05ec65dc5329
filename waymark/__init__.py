"""Waymark: casework for the multi-agency work of Prevent and Channel."""
