"""`accept`: every file that is kept with a child comes through here, and only what was made anew gets in."""

from __future__ import annotations

from pathlib import PurePosixPath

from homeward.files import apart
from homeward.files.kinds import (
    ENDINGS,
    KINDS,
    LARGEST,
    MB,
    REFUSED_ENDINGS,
    WE_KEEP,
    Accepted,
    Refused,
    said_of_content,
)


def accept(name: str, content: bytes) -> Accepted:
    """The file as it may be kept. Raises Refused. Nothing of the name is kept but what its ending says."""
    if not content:
        raise Refused("This file is empty. Choose it again, or choose another.")
    if len(content) > LARGEST:
        raise Refused(
            f"This file is larger than {LARGEST // MB} MB. Make it smaller, or split it into parts."
        )
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")
    if ending in REFUSED_ENDINGS:
        raise Refused(REFUSED_ENDINGS[ending])
    if ending not in ENDINGS:
        raise Refused(f"Homeward cannot tell what this file is from the ending of its name. {WE_KEEP}")
    if sentence := said_of_content(content):
        raise Refused(sentence)
    kind = ENDINGS[ending]
    if not _begins_as(kind, content):
        raise Refused(
            f"The name ends in .{ending}, but what is in the file is not that. "
            "Open it in the program it was made with, save it again, and add that."
        )
    return Accepted(kind, apart.made_anew(kind, content), KINDS[kind].ext)


def _begins_as(kind: str, content: bytes) -> bool:
    starts = KINDS[kind].starts
    if kind == "webp":
        return content.startswith(starts) and content[8:12] == b"WEBP"
    if kind == "text":  # what begins like one of the others is not text
        return not any(content.startswith(other.starts) for other in KINDS.values() if other.starts)
    return content.startswith(starts)
