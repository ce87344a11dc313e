"""What can be asked about ideas: plain reads, straight from the tables."""
