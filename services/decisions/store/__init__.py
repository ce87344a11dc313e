"""What is remembered about decisions."""
