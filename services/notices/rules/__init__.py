"""What a letter may and must, and who is told of what: plain frozen values."""
