"""People: who lives where, who sits in which body, and what an association has decided about its own practice."""
