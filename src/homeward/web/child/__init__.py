"""A child's pages."""
