"""The real servers that tests run against, started once per run."""
