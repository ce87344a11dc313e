"""Notices: who is told what; for now, who must get a letter on paper, and whether it was sent."""
