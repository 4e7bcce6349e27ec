"""Confidential parts of a record, shown once for a written reason."""
