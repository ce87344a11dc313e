"""What is remembered about letters: the tables, who is on paper, and the circles that are told."""
