"""Oversight of drift: lists of children whose plans may stand still, with what is missing for each."""
