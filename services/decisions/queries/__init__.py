"""What can be asked, one file for each life: plain reads, straight from the tables."""
