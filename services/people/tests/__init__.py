"""What people promises."""
