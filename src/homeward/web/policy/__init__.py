"""The rules in words, and how each promise is kept."""
