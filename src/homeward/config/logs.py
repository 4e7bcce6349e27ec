"""How a line of the log is written: where it went wrong, and never the values that it went wrong with."""

from __future__ import annotations

import logging
import traceback
from typing import Any


class Line(logging.Formatter):
    """An exception's own words may hold a name or a row of the database, so only its kind is written."""

    def formatException(self, ei: Any) -> str:
        kind, error, frames = ei
        lines = traceback.format_tb(frames)
        cause = error.__cause__ or error.__context__ if error is not None else None
        if cause is not None:
            lines.insert(0, f"{type(cause).__name__}, and then:\n")
        return "".join([*lines, kind.__name__ if kind else ""])
