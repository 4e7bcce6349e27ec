"""What leaves Homeward: the words said of a record, and tables in files."""
