"""Data quality: what to mend, and what this record holds nothing of."""

from __future__ import annotations

from tests.cast import BUNDLE, NOW, Cast, keep_from, uploads


def test_problems_are_listed_by_child_and_by_kind(cast: Cast, signed_in) -> None:
    from homeward.intake.load import load_uploads

    wrong = BUNDLE["reviews.csv"] + "N2,31/02/2026,PN1\nN3,31/04/2026,PN1\n"
    load_uploads(cast.authority, uploads({"reviews.csv": wrong}), now=NOW)
    amina = signed_in("amina")
    by_kind = amina.get("/data-quality").content.decode()
    assert "Impossible date: 2 problems" in by_kind
    assert "Theo" in by_kind
    by_child = amina.get("/data-quality?by=child").content.decode()
    assert by_child.index("Problems by child") < by_child.index("Theo")
    assert "31/02/2026" in by_child
    keep_from(cast, "amina", "Theo")
    by_child = amina.get("/data-quality?by=child").content.decode()
    assert "31/04/2026" in by_child and "31/02/2026" not in by_child and "Theo" not in by_child


def test_rules_that_nothing_recorded_can_meet_are_set_aside(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    page = amina.get("/data-quality").content.decode()
    assert "Not recorded here" in page
    assert "First health assessment" in page
    tracker = amina.get("/tracker").content.decode()
    assert "Not recorded here" in tracker
    assert "First health assessment" not in tracker.split("<table")[1]
    assert "Set them aside" in amina.get("/tracker?all=1").content.decode()
