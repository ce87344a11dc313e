"""How the world asks about a group's work: routes, and the shapes of what comes in."""
