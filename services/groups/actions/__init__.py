"""What people do: one function for each thing, life by life."""
