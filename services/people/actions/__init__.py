"""What people and operators do, by hand or with a file."""
