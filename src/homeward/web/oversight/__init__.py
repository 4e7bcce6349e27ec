"""Oversight: what delays children, and the rules that were gone past."""
