"""The lives in this service: an idea, a person's endorsement of it, and a comment on it."""
