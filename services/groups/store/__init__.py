"""What is remembered: the tables, the one gate to a seat, and copies of what others told."""
