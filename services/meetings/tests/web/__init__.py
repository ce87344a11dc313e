"""Each life over HTTP, on a real database."""
