"""What ideas do when something is told: one function for each event heard."""
