"""The one folder where everything Homeward keeps is kept."""

import json
import os
import secrets
from datetime import date
from pathlib import Path
from typing import Any


def data_folder() -> Path:
    """HOMEWARD_DATA, or `data` in the working folder; made when it is not there, for this account alone."""
    folder = Path(os.environ.get("HOMEWARD_DATA") or "data").absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions: made once, readable by this account alone."""
    kept = folder / "secret_key"
    try:
        # O_EXCL: of two processes that start together, one writes the key and the other reads it.
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return kept.read_text()


def demonstration(folder: Path) -> dict[str, Any] | None:
    """`{"made_on": "2026-11-25", "seed": 1}` when this folder holds a demonstration, else None."""
    marker = folder / "demonstration.json"
    return json.loads(marker.read_text()) if marker.exists() else None


def mark_as_demonstration(folder: Path, made_on: date, seed: int) -> None:
    (folder / "demonstration.json").write_text(json.dumps({"made_on": made_on.isoformat(), "seed": seed}))
