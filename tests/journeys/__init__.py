"""The same story, played in one process and with every service by itself."""
