"""What an operator does to an installation, on real servers."""
