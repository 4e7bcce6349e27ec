"""A child’s files: list, add, open, remove."""
