"""What no single service can promise: the plan of the house, separation, the post, the story."""
