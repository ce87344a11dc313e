"""What staff do with letters."""
