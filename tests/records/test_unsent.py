"""Drafts are the person's own, and end with what the person may see."""

from __future__ import annotations

from tests.cast import NOW, Cast

from homeward.records.access import acting
from homeward.records.models import Draft, Exclusion
from homeward.records.operations import unsent

FORM = "record:visit"


def waiting(cast: Cast, who: str) -> list[str]:
    return [draft.child.called for draft in unsent.all_kept(acting(cast.people[who]))]


def test_a_draft_waits_for_who_typed_it_and_for_nobody_else(cast: Cast):
    maya, priya, helen = cast.children["Maya"], cast.people["priya"], cast.people["helen"]
    unsent.keep(priya, maya, FORM, {"on": "2026-11-25"})
    assert waiting(cast, "priya") == ["Maya"] and waiting(cast, "helen") == []
    kept = unsent.kept(priya, maya, FORM)
    assert kept is not None and kept.values == {"on": "2026-11-25"}
    assert unsent.kept(helen, maya, FORM) is None


def test_a_draft_about_a_child_whom_one_must_not_see_any_more_is_not_told_of(cast: Cast):
    maya, priya = cast.children["Maya"], cast.people["priya"]
    unsent.keep(priya, maya, FORM, {"on": "2026-11-25"})
    Exclusion.objects.create(
        child=maya, person=priya, reason="A relative", made_by=cast.people["amina"], made_at=NOW
    )
    assert waiting(cast, "priya") == []


def test_a_draft_put_under_another_name_opens_for_nobody(cast: Cast):
    maya, priya, helen = cast.children["Maya"], cast.people["priya"], cast.people["helen"]
    unsent.keep(priya, maya, FORM, {"on": "2026-11-25"})
    Draft.objects.update(person=helen)
    assert unsent.kept(helen, maya, FORM) is None and waiting(cast, "helen") == []


def test_a_draft_past_its_fourteen_days_does_not_fill_the_form(cast: Cast, settings):
    maya, priya = cast.children["Maya"], cast.people["priya"]
    unsent.keep(priya, maya, FORM, {"on": "2026-11-25"})
    settings.NOW = lambda: NOW + unsent.KEPT
    assert unsent.kept(priya, maya, FORM) is None
