"""Homeward: a council's permanence policy as dated promises on every child's record."""
