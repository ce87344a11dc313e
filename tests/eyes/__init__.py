"""What operators see of a running house: its health, its numbers, its log lines, its traces."""
