"""A paper as PDF/UA: tagged, titled, in a language, and made where nothing can be fetched."""

from __future__ import annotations

import ctypes
import logging
import subprocess
import sys
from datetime import datetime
from functools import cache
from pathlib import Path

from homeward.reports import typeset
from homeward.reports.html import as_html
from homeward.reports.record import Document, paper_of

# The arguments are our own words, and nothing of our environment goes along: no key, no database.
COMMAND = (sys.executable, "-P", "-m", typeset.__name__)
SURROUNDINGS = {
    "PYTHONPATH": str(Path(__file__).parents[2]),
    "LC_ALL": "C.UTF-8",
}
_log = logging.getLogger(__name__)

# What WeasyPrint opens, and the package of Debian and Ubuntu that holds it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
TOO_MUCH = "This paper is too long to be made into a PDF here. Take the Word file."
NOT_HERE = "PDF files cannot be made on this machine. Take the Word file."


class NotMade(Exception):
    """There is no PDF; the message is a sentence for the person who asked for it."""


def as_pdf(document: Document, now: datetime) -> bytes:
    """The document as a PDF. Raises NotMade."""
    if sentence := missing():
        raise NotMade(sentence)
    page = as_html(paper_of(document), now)
    try:
        done = subprocess.run(  # noqa: S603
            COMMAND,
            input=page.encode("utf-8"),
            capture_output=True,
            timeout=2 * typeset.SECONDS,
            env=SURROUNDINGS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotMade(TOO_MUCH) from None
    if done.stdout.startswith(b"%PDF-"):
        return done.stdout
    kind = _what_went_wrong(done.stderr)
    _log.error("A PDF was not made: %s, exit %s", kind, done.returncode)
    stopped = done.returncode < 0 or kind == "MemoryError"
    raise NotMade(TOO_MUCH if stopped else NOT_HERE)


def _what_went_wrong(stderr: bytes) -> str:
    """The kind of the mistake, without its words: they may be somebody's."""
    last = (stderr.decode("utf-8", "replace").strip().splitlines() or [""])[-1]
    kind = last.partition(":")[0]
    return kind if kind.isidentifier() else "no reason given"


@cache
def lacking() -> tuple[str, ...]:
    """The Debian packages without which there is no PDF; on other systems nothing is known before."""
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(package for library, package in LIBRARIES.items() if not _opens(library))


def missing() -> str:
    """What to say where a PDF would be offered and cannot be made; else nothing."""
    if not lacking():
        return ""
    packages = " ".join(lacking())
    return f"PDF files cannot be made until this is installed: apt-get install -y {packages}. Word files can."


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
