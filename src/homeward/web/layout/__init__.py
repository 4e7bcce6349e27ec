"""What every page shares: its frame, the places one can go, and the day it is read at."""
