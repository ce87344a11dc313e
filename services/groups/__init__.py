"""Groups: a charter is adopted, people sign up and take seats, and the group lives until its task is done."""
