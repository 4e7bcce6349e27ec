"""What the files said that could not be kept as it stood."""
