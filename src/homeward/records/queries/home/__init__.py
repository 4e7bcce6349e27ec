"""What stands on the first page of each role, as blocks that the roles share; none of them knows a page."""
