"""What a child needs, and what answers it."""
