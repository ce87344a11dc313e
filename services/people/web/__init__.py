"""How the world asks about people: routes, and the shapes of what comes in."""
