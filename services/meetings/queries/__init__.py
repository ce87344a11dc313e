"""What can be asked about a group's work: plain reads. What only the group may see is not there for others."""
