"""The rules of each life, asked directly."""
