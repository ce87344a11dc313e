"""What people do with ideas: one function for each thing."""
