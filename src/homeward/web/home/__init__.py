"""The first page after signing in: what needs this person."""
