"""The plan for a child’s return home."""
