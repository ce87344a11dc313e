"""What a request costs, beside the cheapest honest program that does the same."""
