"""What people do, one file for each life: take out, ask the rule, put back."""
