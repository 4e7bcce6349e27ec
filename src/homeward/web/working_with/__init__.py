"""Who works with a child, and the children whom nobody works with."""
