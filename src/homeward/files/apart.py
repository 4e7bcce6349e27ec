"""Files are taken apart in a process of their own: no new files or sockets, little memory, little time.

The process is `python -m homeward.files.apart KIND`: bytes come in on its input; what it made of them, or a
sentence that says why not, goes out.
"""

from __future__ import annotations

import codecs
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from homeward.files.kinds import MB, Refused

SECONDS = 10  # of work; and twice as long by the clock, for a machine that is busy
MEMORY = 1536 * MB
LONGEST_ANSWER = 400 * MB

# What to call for each kind, by module; imported in the process, before its doors are shut.
_CALLS = {
    **dict.fromkeys(("jpeg", "png", "webp"), ("homeward.files.images", "remade")),
    "pdf": ("homeward.files.pdfs", "remade"),
    **dict.fromkeys(("docx", "xlsx"), ("homeward.files.office", "remade")),
    "text": ("homeward.files.texts", "remade"),
    "workbook": ("homeward.files.workbooks", "read_here"),
}
_ENCODINGS = ("ascii", "cp437", "cp1252", "latin-1", "utf-8", "utf-8-sig", "utf-16")  # Python loads them late
_SOURCE = str(Path(__file__).parents[2])
TOO_MUCH = (
    "This file takes too long or too much memory to open safely. "
    "Open it in the program it was made with, save it again or make it smaller, and add that."
)


def made_anew(kind: str, content: bytes) -> bytes:
    """The content made anew in a process of its own. Raises Refused."""
    try:
        # The arguments are our own words, and nothing of our environment goes along: no key, no database.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-P", "-m", __name__, kind],
            input=content,
            capture_output=True,
            timeout=2 * SECONDS,
            env={"PYTHONPATH": _SOURCE, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(TOO_MUCH) from None
    head, _, made = done.stdout.partition(b"\n")
    try:
        answer: dict[str, Any] = json.loads(head)
    except ValueError:
        raise Refused(TOO_MUCH) from None  # it was stopped, or it broke
    if sentence := answer.get("refused"):
        raise Refused(str(sentence))
    if answer.get("length") != len(made):
        raise Refused(TOO_MUCH)
    return made


def main(kind: str) -> None:
    module, name = _CALLS[kind]
    call = getattr(import_module(module), name)
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    content = sys.stdin.buffer.read()
    shut_in()
    try:
        made = call(kind, content)
        head = {"length": len(made)} if len(made) <= LONGEST_ANSWER else {"refused": TOO_MUCH}
    except Refused as refused:
        head, made = {"refused": str(refused)}, b""
    except (MemoryError, RecursionError):
        head, made = {"refused": TOO_MUCH}, b""
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + made)
    sys.stdout.buffer.flush()
    os._exit(0)


def shut_in() -> None:
    """From here on: no file, no socket and no other process can be opened, and memory and time run out."""
    import resource

    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows no limit of memory
            continue


if __name__ == "__main__":
    main(sys.argv[1])
