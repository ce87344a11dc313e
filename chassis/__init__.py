"""What every service shares: who asks, one transaction on somebody's behalf, and the post."""
