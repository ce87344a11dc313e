"""What meetings promises."""
