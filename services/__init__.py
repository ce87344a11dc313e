"""The services: seven rooms each, the same in all; none knows another, they hear of each other by post."""
