"""Plain reads of grants, credentials and the feed."""
