"""The people of a council, their roles, teams and groups, for the system manager."""
