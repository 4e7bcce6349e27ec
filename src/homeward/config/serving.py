"""How gunicorn serves Homeward: to this machine alone. A council puts its own TLS proxy in front."""

import gc
import os
from pathlib import Path
from typing import Any

PORT = os.environ.get("HOMEWARD_PORT") or "8000"

wsgi_app = "homeward.config.wsgi"
bind = f"127.0.0.1:{PORT}"
workers = 2
worker_class = "gthread"
threads = 4
timeout = 300  # an import of ten years' returns is one request
loglevel = "warning"
umask = 0o077
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108, memory, for heartbeats only


def post_worker_init(_: Any) -> None:
    """Homeward itself is never rubbish, and a list of a council's children is long before it is any."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def when_ready(_: Any) -> None:
    print(f"\nHomeward is at http://127.0.0.1:{PORT} (stop with Ctrl-C)", flush=True)
