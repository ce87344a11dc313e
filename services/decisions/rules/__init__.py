"""The lives in this service: a matter on the docket, a decision, a task; `ballot` holds what all decisions of a body share."""
