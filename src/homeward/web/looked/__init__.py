"""Who has looked at a child."""
