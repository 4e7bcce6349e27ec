"""Children in care who live outside a family: why, who approved it, and the way back to a family (SLO-040).

Outside a family are the SSDA903 placement codes K1, K2, K3, H5, P2, P3, R1, R2, R5, S1 and Z1 with its parts.
Not among them: foster homes (U), adopters (A), parents (P1), a centre where the family is together (R3), and
temporary codes (T).
"""

from __future__ import annotations

from homeward.domain.codes import PLACE
from homeward.records.queries.drift.line import Asking, Line, Told, again, by_whom, decisions, named

OUTSIDE = (
    *("K1", "K2", "K3", "H5", "P2", "P3", "R1", "R2", "R5", "S1"),
    *("Z1", "Z11", "Z12", "Z13", "Z14"),
)
KIND = "outside_family"
HEADINGS = (
    *("Home", "Since", "Why not in a family", "Approved by", "The way back to a family", "Looked at again"),
)
MISSING = Told("overdue", "Not recorded")


def lines(asking: Asking) -> list[Line]:
    """Those of whom nothing is recorded first, then the longest away from a family."""
    children = asking.children("core", "history").filter(standing__in_care=True)
    found = named(children, children.filter(standing__placement__in=OUTSIDE).values_list("pk", flat=True))
    decided = decisions(found, KIND)
    told = []
    for pk, child in found.items():
        stands, made = child.standing, decided.get(pk)
        if made and stands.in_care_since and made.decided_on < stands.in_care_since:
            made = None  # of an earlier period of care
        home = PLACE.get(stands.placement, stands.placement)
        said = (made.basis, by_whom(made), made.what, again(asking, made)) if made else (MISSING,) * 4
        since = stands.living_since
        told.append((made is not None, since or asking.today, Line(child, (home.capitalize(), since, *said))))
    return [line for *_, line in sorted(told, key=lambda each: each[:2])]
