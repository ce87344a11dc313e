"""What ideas promises."""
