"""Old and new code side by side."""
