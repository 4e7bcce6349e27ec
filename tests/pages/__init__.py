"""Tests through the addresses of the pages."""
