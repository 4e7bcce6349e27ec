"""What holds things up for a child."""
