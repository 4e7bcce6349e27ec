"""What the audit and the access checks add to the tracker of 1,000 children and to a child's page.

python bench/guarding.py [CHILDREN]     # one process; with and without, by turns, so that noise falls on both
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import write_returns
from importing import timed

import pages

ROUNDS = 15


def measure(children: int) -> dict[str, tuple[float, float]]:
    """For each page the median in milliseconds with the audit and the checks, and without."""
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as folder:
        write_returns(children, Path(made))
        timed(["import", made, "--authority", "slough"], Path(folder))
        timed(pages.ADD.split(), Path(folder))
        os.environ |= {"HOMEWARD_DATA": folder, "DJANGO_SETTINGS_MODULE": "homeward.config.settings"}
        client = pages.signed_in()
        text = client.get("/tracker").content.decode()
        child = re.search(r'href="(/child/[\w-]+)"', text)
        assert child is not None
        return {what: _by_turns(client, url) for what, url in (("tracker", "/tracker"), ("child", child[1]))}


def _by_turns(client: object, url: str) -> tuple[float, float]:
    whole, bare = [], []
    pages.ask(client, url)
    for _ in range(ROUNDS):
        whole.append(pages.ask(client, url))
        with (
            patch("homeward.web.guard._write", lambda *_: None),
            patch("homeward.records.access._unless_kept_from", lambda actor, children, named: children),
            patch("homeward.records.operations.limits.opened_too_many", lambda *_: False),
        ):
            bare.append(pages.ask(client, url))
    return statistics.median(whole), statistics.median(bare)


if __name__ == "__main__":
    for what, (whole, bare) in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000).items():
        more = whole - bare
        print(f"{what}: {whole:.0f} ms with, {bare:.0f} ms without: {more:.1f} ms, {more / bare:.0%} more")
