"""Files become rows, rows become drafts of facts, and whatever is odd is listed."""
