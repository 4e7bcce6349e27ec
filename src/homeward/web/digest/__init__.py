"""The daily digest as a page, and the choice of what it tells."""
