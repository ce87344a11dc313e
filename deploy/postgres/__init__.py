"""What PostgreSQL needs before the services can use it."""
