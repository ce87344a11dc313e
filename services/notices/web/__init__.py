"""How the world asks about letters."""
