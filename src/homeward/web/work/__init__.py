"""Oversight of the work: supervision, plans and reports, needs, standards, and each role's part."""
