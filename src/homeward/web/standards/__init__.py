"""The plan of a child in pre-proceedings held against the council's early permanence standards."""
