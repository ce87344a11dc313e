"""The lives in this service: an idea, and a person's endorsement of it."""
