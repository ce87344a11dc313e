"""What keeps an installation well: associations in and out, backups, keys, and a look at everything."""
