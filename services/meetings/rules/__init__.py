"""The lives in this service: meetings and minutes, what the members bring and agree on, and the proposal that grows out of it."""
