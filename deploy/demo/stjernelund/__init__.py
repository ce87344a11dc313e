"""Boligforeningen Stjernelund: its people as CSV files, and what they said."""
