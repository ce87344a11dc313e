"""What is remembered about ideas: the tables, what lists are sorted by, the words of an idea, and copies of what others told."""
