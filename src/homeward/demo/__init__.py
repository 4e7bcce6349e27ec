"""Two invented councils and the children they look after: no person or home in it is real."""

from homeward.demo.councils import Council, workers
from homeward.demo.make import make
from homeward.demo.people import people

__all__ = ["Council", "make", "people", "workers"]
