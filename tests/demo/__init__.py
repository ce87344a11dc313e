"""The demonstration as a stranger meets it: started, disturbed, killed, started again."""
