"""What groups do when something is told: one function for each event heard, life by life."""
