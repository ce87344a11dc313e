"""How fast requests and the post are, beside the cheapest honest programs that do the same: `make bench`."""
