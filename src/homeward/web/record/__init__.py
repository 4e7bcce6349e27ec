"""Recording and correcting what happened to a child."""
