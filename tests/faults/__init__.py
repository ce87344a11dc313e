"""What the post promises, asked of it while things break: real servers, real processes, one account of every letter."""
