"""What notices do when something is told: keep a copy, write letters, let letters lapse."""
