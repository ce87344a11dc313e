"""What can be asked: plain reads, straight from the tables, life by life."""
