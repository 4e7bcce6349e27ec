"""How often a child is visited and reviewed, agreed within the law."""
