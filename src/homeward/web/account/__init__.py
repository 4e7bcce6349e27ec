"""A person's own sign-in: second factors, recovery codes, the password, and where they are signed in."""
