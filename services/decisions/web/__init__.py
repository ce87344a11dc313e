"""How the world asks, one file for each life: routes, and the shapes of what comes in."""
