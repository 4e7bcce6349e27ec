"""Passwords that are long and still guessed first (SECURITY V6.2)."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# Words of this work: alone, however padded, they are no secret.
CONTEXT = {"homeward", "permanence", "permanency", "council", "children", "childrensservices", "socialworker"}
FEWEST = 6  # different characters


class NotCommon(CommonPasswordValidator):
    """Refuses what is on a list of common passwords, or is one of them repeated or padded with digits.

    Nearly all common passwords are shorter than 15 characters, so their padded forms are what matters here.
    HOMEWARD_PASSWORD_LIST may name a file with more, one a line.
    """

    def validate(self, password: str, user: Any = None) -> None:
        plain = password.casefold().strip()
        letters = re.sub(r"[\W\d_]", "", plain)
        common = self.passwords | CONTEXT | _more()
        if {plain, letters, _unit(plain), _unit(letters)} & common or len(set(plain)) < FEWEST:
            raise ValidationError(
                "This password is guessed first. Take three or four words that do not belong together.",
                code="password_too_common",
            )


def _unit(text: str) -> str:
    """abcabcabc -> abc"""
    return text[: (text + text).find(text, 1)] if text else text


@cache
def _more() -> frozenset[str]:
    file = os.environ.get("HOMEWARD_PASSWORD_LIST")
    return frozenset(Path(file).read_text("utf-8").casefold().split("\n")) if file else frozenset()
