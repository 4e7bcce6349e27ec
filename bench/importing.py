"""Times `homeward import` of ten years' SSDA903: first, again, and of a council twenty times the size.

python bench/importing.py [IN_CARE …]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import write_returns

SOURCE = Path(__file__).resolve().parents[1] / "src"
SIZES = (600, 12_000)


def timed(command: list[str], folder: Path) -> float:
    """Seconds of a `homeward` command on the data folder; RuntimeError with its words when it fails."""
    env = {
        **os.environ,
        "HOMEWARD_DATA": str(folder),
        "HOMEWARD_PASSWORD": "a long password for the bench",
        "PYTHONPATH": str(SOURCE),
    }
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "homeward", *command], env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(
            f"homeward {' '.join(command)} ended with {done.returncode}: {done.stdout}{done.stderr}"
        )
    return time.perf_counter() - began


def measure(in_care: int, returns: Path) -> dict[str, float]:
    """Seconds to import what is in `returns` into an empty database, and to import it again."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["import", str(returns), "--authority", "slough"]
        timed(["check"], Path(folder))  # sets the database up, which is not part of an import
        return {
            "in_care": in_care,
            "first": timed(command, Path(folder)),
            "again": timed(command, Path(folder)),
        }


if __name__ == "__main__":
    for size in [int(text) for text in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as made:
            rows = write_returns(size, Path(made))
            r = measure(size, Path(made))
        print(
            f"{size:>6,} in care, {rows:,} episode rows: first {r['first']:.1f} s, again {r['again']:.1f} s"
        )
