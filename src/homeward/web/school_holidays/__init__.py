"""The council's own school holidays, which the calendar of meetings shows."""
