"""What people do with meetings and what grows out of them: one function for each thing."""
