"""Choosing the role and council in which a person acts."""
