"""Importing files: upload, difference, apply."""
