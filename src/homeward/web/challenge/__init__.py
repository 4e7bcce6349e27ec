"""Matters raised about a child, and what was heard, seen and judged."""
