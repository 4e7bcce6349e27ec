"""Meetings: the list, the agenda made from the rules, the minutes, and the signed record."""
