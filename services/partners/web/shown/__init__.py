"""What the answers look like, life by life: the shapes of what goes out."""
