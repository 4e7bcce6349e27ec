"""Every address, method, role and state of a record, against a table kept by hand (expected.csv)."""
