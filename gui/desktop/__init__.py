"""This computer around the window. Knows nothing of Pages or tokens."""
