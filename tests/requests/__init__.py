"""What is true of every request: a key, a version, a page of a list, a limit."""
