"""When two people change one line at once, the second is shown both versions and keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from homeward.records.models import Fact
from homeward.records.operations.facts import AlreadyReplaced
from homeward.records.queries.child_page import standing_version
from homeward.web.layout.forms import PageForm

CONFLICT = 409


class Changing:
    """A change of a fact by a form; `newer` is what a colleague put in its place meanwhile."""

    def __init__(self, fact: Fact, form: PageForm) -> None:
        self.fact, self.form = fact, form
        self.newer: Any = standing_version(fact) if fact.superseded_at else None
        self.made: Fact | None = None

    def tried(self, change: Callable[[], Fact]) -> bool:
        """Whether the change took effect."""
        try:
            self.made = self.form.done(change)
        except AlreadyReplaced as replaced:
            self.newer = standing_version(replaced.newer)
        return self.made is not None

    @property
    def status(self) -> int:
        return CONFLICT if self.newer is not None and self.form.is_bound else self.form.status

    def context(self, words: Callable[[Any], str]) -> dict[str, Any]:
        """What layout/both_versions.html shows."""
        newer = self.newer
        return {
            "form": self.form,
            "began": words(self.fact),
            "newer": {
                "words": "Withdrawn: it was recorded in error" if newer.withdrawn else words(newer),
                "by": newer.recorded_by.name if newer.recorded_by else "an import",
                "on": newer.recorded_at,
                "reason": newer.reason_recorded,
                "uid": newer.uid,
                "withdrawn": newer.withdrawn,
            }
            if newer is not None
            else None,
        }
