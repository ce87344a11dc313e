"""How fast the post is, beside the cheapest honest program that does the same: `make bench`."""
