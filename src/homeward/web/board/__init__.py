"""The report for the corporate parenting board: its figures, its commentary and what the board agreed."""
