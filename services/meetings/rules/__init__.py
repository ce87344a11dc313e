"""The lives in this service: a meeting, its minutes, a contribution, a theme, and the proposal."""
