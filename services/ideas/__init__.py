"""Ideas: somebody raises one, neighbours stand behind it, and the association answers, always with a reason."""
