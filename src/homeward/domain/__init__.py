"""What things mean: plain Python, standard library only."""
