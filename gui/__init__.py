"""Page Keys: the keys to your Facebook Pages."""

__version__ = "0.1.0"
