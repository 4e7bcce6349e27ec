"""A person's meetings in their own calendar programme: making the address, ending it, and what it gives."""
