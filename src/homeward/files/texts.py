"""Plain text is read, its unseen signs taken out, and written as UTF-8."""

from __future__ import annotations

import re

from homeward.files.kinds import Refused

# Control signs, and those that turn the direction of writing and so can make a name read as another.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def remade(kind: str, content: bytes) -> bytes:
    """Raises Refused."""
    if b"\0" in content:
        raise Refused("This is not plain text. Open it, save it as plain text (UTF-8), and add that.")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return _UNSEEN.sub("", content.decode(encoding)).encode("utf-8")
        except UnicodeDecodeError:
            continue
    raise Refused("A letter in this text cannot be read. Save it as plain text (UTF-8) and add that.")
