"""What the post promises, asked of it on real servers."""
