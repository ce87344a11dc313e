"""The same promises on the servers' own images."""
