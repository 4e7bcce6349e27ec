"""How often a child is visited and reviewed: by law on a day, and as it was agreed."""

from __future__ import annotations

from datetime import date
from typing import Any

from homeward.domain.frequency import agreed, law_words, limit, too_seldom
from homeward.domain.life import Life
from homeward.records.history import history_of
from homeward.records.models import Child, Decision
from homeward.records.operations.decisions import FREQUENCY


def agreed_of(child: Child, on: date) -> Decision | None:
    """The newest agreement by a day."""
    decided = Decision.current.filter(child=child, kind=FREQUENCY, decided_on__lte=on)
    return decided.order_by("-decided_on", "-pk").first()


def of_child(child: Child, on: date) -> dict[str, Any]:
    """The law in words, the newest agreement, and what of it is less often than the law asks by now."""
    law, decision = limit(Life(history_of(child), on)), agreed_of(child, on)
    asked = agreed(decision.what) if decision else None
    return {
        "law": law_words(law) if law else "",
        "decision": decision,
        "beyond": " and ".join(too_seldom(asked, law)) if asked and law else "",
    }
