"""The one folder where everything Homeward keeps is kept."""

import contextlib
import json
import os
import secrets
import tempfile
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
    if not kept.exists():
        draft = _written(folder, secrets.token_urlsafe(50))
        # Of two processes that start together the second finds the first one's key, whole, and takes it.
        with contextlib.suppress(FileExistsError):
            os.link(draft, kept)
        draft.unlink()
    return kept.read_text()


def demonstration(folder: Path) -> dict[str, Any] | None:
    """`{"made_on": "2026-11-25", "seed": 1}` when this folder holds a demonstration, else None."""
    marker = folder / "demonstration.json"
    return json.loads(marker.read_text()) if marker.exists() else None


def mark_as_demonstration(folder: Path, made_on: date, seed: int) -> None:
    mark = json.dumps({"made_on": made_on.isoformat(), "seed": seed})
    _written(folder, mark).replace(folder / "demonstration.json")


def _written(folder: Path, text: str) -> Path:
    """A new file beside its place, so that nobody ever reads half of it; mkstemp keeps it to this account."""
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".draft-")
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    return Path(name)
