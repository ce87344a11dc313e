"""What is remembered about meetings: tables and cupboards, and copies of what others told."""
