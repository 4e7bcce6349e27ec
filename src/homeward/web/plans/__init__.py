"""A child's permanence plans: side by side, recorded step by step, with every route answered."""
