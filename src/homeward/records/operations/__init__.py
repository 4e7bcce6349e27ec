"""What people do to the record: one module a noun, one function a verb, each in one transaction."""
