"""`samskab`, what an operator types."""
