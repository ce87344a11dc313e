"""How the world asks about ideas: routes, and the shapes of what comes in."""
