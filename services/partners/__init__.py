"""Partners: whom an association lets in with a program, what they may hear and read, and the feed of what happened."""
