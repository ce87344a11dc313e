"""The lives in this service: docket, decisions, rounds, tasks, reviews, surveys; `ballot` holds how a body votes."""
