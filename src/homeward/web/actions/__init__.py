"""Actions agreed for a child: who does what by when, and what came of it."""
