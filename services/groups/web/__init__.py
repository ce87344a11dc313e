"""How the world asks: routes, and the shapes of what comes in, life by life."""
