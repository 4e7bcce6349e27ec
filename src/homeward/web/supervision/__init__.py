"""Supervision and management oversight of the work for a child."""
