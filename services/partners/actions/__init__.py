"""What people do with grants and credentials."""
