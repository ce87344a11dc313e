"""Floors: for each part of the post the cheapest honest program with the same guarantees, by hand, for nothing else."""
