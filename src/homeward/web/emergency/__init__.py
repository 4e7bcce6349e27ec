"""Opening a record in an emergency, and what others make of it afterwards."""
