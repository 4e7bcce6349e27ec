"""How good the plans and reports about a child are."""
