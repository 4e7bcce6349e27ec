"""The tracker: one row a child."""
