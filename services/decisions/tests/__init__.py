"""What decisions promises."""
