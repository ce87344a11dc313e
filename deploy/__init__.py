"""How Samskab is put together and run: all in one process, or as many."""
