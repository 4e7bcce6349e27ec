"""What holds things up: the causes that a day of delay may have, in the words that people use."""

from __future__ import annotations

IN_CHILDS_INTEREST = "in_childs_interest"
CAUSES: dict[str, str] = {
    "assessment": "Waiting for an assessment",
    "court_listing": "Waiting for a court date",
    "family_finding": "Looking for a family",
    "decision_maker_capacity": "Waiting for the decision maker or a panel",
    "health_report": "Waiting for a health report",
    "immigration": "Waiting for an immigration decision",
    "legal_advice": "Waiting for legal advice or papers",
    "family_taking_part": "The family could not take part yet",
    "change_of_worker": "A change of social worker",
    "home_or_placement": "Waiting for a home that meets the child’s needs",
    "support_or_funding": "Waiting for support or funding to be agreed",
    "late_recording": "Done, but not yet recorded",
    IN_CHILDS_INTEREST: "Delay is in the child’s interest",
}
NOT_SAID = "No cause has been recorded"
