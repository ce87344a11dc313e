"""How the world asks for grants, credentials and the feed."""
