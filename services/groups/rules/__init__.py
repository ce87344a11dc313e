"""The lives in this service: a charter, the group it sets up, and a person's sign-up; also what a charter says, and seats."""
