"""What a council shares of a child with its regional agency: some field sets, for a purpose, until a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import NOW, Cast, share, with_agency

from homeward.domain.events import Event
from homeward.records.fields import shown_events
from homeward.records.models import AuditEntry, RegionalAgency, Role, Share
from homeward.records.operations.share import share as share_child

LEGAL_WORDS = (
    "Placement order",
    "placement order",
    "Interim care order",
    "interim care order",
    "Legal status",
)


@pytest.fixture
def agency(cast: Cast) -> RegionalAgency:
    return with_agency(cast)


def page(client, cast: Cast, part: str = "", child: str = "Theo") -> str:
    answer = client.get(f"/child/{cast.children[child].public_id}{part}")
    assert answer.status_code == 200, part
    return answer.content.decode()


def test_with_core_alone_the_agency_sees_the_plans_and_their_dates_and_no_more(
    cast: Cast, agency, signed_in
) -> None:
    share(cast, "core")
    teresa = signed_in("teresa")
    summary, dates = page(teresa, cast), page(teresa, cast, "/dates")
    for words in ("Theo", "Adoption", "Looked-after review", "Came into care", "Overdue by"):
        assert words in summary
    assert "Looked-after review" in dates
    for shown in (summary, dates):
        for words in (*LEGAL_WORDS, "life line", "/timeline", "/history", "proceedings"):
            assert words not in shown, words
    for part in ("/timeline", "/history"):
        refused = teresa.get(f"/child/{cast.children['Theo'].public_id}{part}")
        assert refused.status_code == 404
        assert refused.content == teresa.get(f"/child/nobodyhere12{part}").content


def test_with_history_the_agency_sees_the_life_so_far_without_its_orders(cast: Cast, agency, signed_in):
    share(cast, "core", "history")
    teresa = signed_in("teresa")
    timeline, history = page(teresa, cast, "/timeline"), page(teresa, cast, "/history")
    assert "The child moved to a home" in timeline and "<svg" in timeline
    assert "Homes" in history and "Reviews" in history
    for shown in (page(teresa, cast), timeline, history):
        for words in (*LEGAL_WORDS, "Legal statuses"):
            assert words not in shown, words


def test_with_legal_the_agency_sees_the_orders_too(cast: Cast, agency, signed_in) -> None:
    share(cast, "core", "history", "legal")
    teresa = signed_in("teresa")
    assert "Legal status" in page(teresa, cast)
    assert "A placement order was made" in page(teresa, cast, "/timeline")
    assert "Legal statuses" in page(teresa, cast, "/history")


@pytest.mark.parametrize("fields", [["core"], ["core", "history"], ["core", "legal"]])
def test_the_tracker_and_its_filters_tell_no_more_than_the_page(
    cast: Cast, agency, signed_in, fields: list[str]
) -> None:
    share(cast, *fields)
    teresa = signed_in("teresa")
    columns = "?column=status&column=stage&column=months&column=next&column=holding"
    rows = teresa.get("/tracker" + columns).content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert ("Placement order" in rows) is ("legal" in fields)
    assert ("<svg" in rows) is ("history" in fields)
    for query in (
        "?status=E1",
        "?cohort=placement_order_no_match",
        "?all=1&rule=adoption_review_before_placement",
    ):
        found = teresa.get("/tracker" + query).content.decode()
        assert (">Theo</a>" in found) is ("legal" in fields), query
    listed = teresa.get("/children").content.decode()
    assert "Theo" in listed
    assert ("Placement order" in listed) is ("legal" in fields)


def test_what_one_child_is_shared_for_says_nothing_of_another(cast: Cast, agency, signed_in) -> None:
    share(cast, "core", "history", "legal")
    share(cast, "core", child="Maya")
    teresa = signed_in("teresa")
    assert "Legal status" in page(teresa, cast)
    assert "Legal status" not in page(teresa, cast, child="Maya")
    rows = teresa.get("/tracker?column=status").content.decode().split("<tbody>")[1]
    assert "Placement order" in rows and "Interim care order" not in rows
    assert "Not shown to you" in rows


def test_a_role_without_legal_sees_no_order_of_the_council_either(cast: Cast, signed_in) -> None:
    Role.objects.filter(person=cast.people["helen"]).update(key="administrator")
    helen = signed_in("helen")
    for part in ("", "/dates", "/timeline", "/history"):
        shown = page(helen, cast, part)
        for words in LEGAL_WORDS:
            assert words not in shown, (part, words)


def test_the_audit_says_which_field_sets_a_page_showed(cast: Cast, agency, signed_in) -> None:
    share(cast, "core")
    page(signed_in("teresa"), cast)
    entry = AuditEntry.objects.latest("pk")
    assert entry.field_sets == ["core"]
    assert entry.children == {"share": [cast.children["Theo"].pk]}


def test_a_home_with_adopters_says_nothing_of_the_placement_order(cast: Cast, agency, signed_in) -> None:
    from tests.cast import uploads

    from homeward.intake.load import load_uploads

    homes = "child,placement,started,ended,carer\nN2,U6,2026-01-12,2026-11-01,A\nN2,A5,2026-11-01,,B\n"
    load_uploads(cast.authority, uploads({"homes.csv": homes}), now=NOW + timedelta(hours=1))
    share(cast, "core", "history")
    teresa = signed_in("teresa")
    shown = [page(teresa, cast, part) for part in ("", "/dates", "/timeline", "/history")]
    for at in ("/tracker?column=home&column=months", "/children"):
        shown.append(teresa.get(at).content.decode().split("<tbody>")[1])
    for text in shown:
        assert "lacement order" not in text
        assert "Adoptive home" in text


SENT = {"purpose": "family_finding", "words": "", "until": "2026-12-31", "field_sets": ["history"]}


def test_a_child_is_shared_for_a_purpose_until_a_day_and_ended_at_once(
    cast: Cast, agency, signed_in, settings
) -> None:
    amina, teresa = signed_in("amina"), signed_in("teresa")
    theo = f"/child/{cast.children['Theo'].public_id}"
    assert teresa.get(theo).status_code == 404
    assert amina.post(theo + "/shares", SENT).status_code == 302
    assert teresa.get(theo).status_code == teresa.get(theo + "/timeline").status_code == 200
    shown = amina.get(theo + "/shares").content.decode()
    assert "Finding adopters" in shown and "31 December 2026" in shown
    given = Share.objects.get()
    assert given.field_sets == ["core", "history"]
    settings.NOW = lambda: given.until + timedelta(seconds=1)
    assert teresa.get(theo).status_code == 404
    settings.NOW = lambda: NOW
    assert amina.post(f"{theo}/shares/{given.pk}/end").status_code == 302
    assert teresa.get(theo).status_code == 404
    assert amina.post(f"{theo}/shares/{given.pk}/end").status_code == 404
    assert "Shared before (1)" in amina.get(theo + "/shares").content.decode()


def test_why_care_ended_names_an_order_and_so_is_shown_with_orders_alone() -> None:
    ended = Event(date(2026, 10, 1), "ceased_looked_after", "E11")  # adopted
    assert [one.detail for one in shown_events([ended], frozenset({"core", "history"}))] == [""]
    assert [one.detail for one in shown_events([ended], frozenset({"core", "legal"}))] == ["E11"]


def test_what_no_agency_is_shown_is_shared_by_no_way(cast: Cast, agency) -> None:
    said = {"purpose": "family_finding", "words": "", "until": date(2026, 12, 31), "by": cast.people["amina"]}
    asked = ["history", "location", "adopter", "panel"]
    assert share_child(cast.children["Theo"], field_sets=asked, **said).field_sets == ["core", "history"]


def test_a_share_of_another_child_is_not_ended_from_here(cast: Cast, agency, signed_in) -> None:
    given = share(cast, "core")
    maya = f"/child/{cast.children['Maya'].public_id}/shares/{given.pk}/end"
    assert signed_in("amina").post(maya).status_code == 404
    given.refresh_from_db()
    assert given.ended_at is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"until": ""}, "no share is without an end"),
        ({"until": "2026-11-24"}, "must not be in the past"),
        ({"purpose": ""}, "Choose what the agency needs it for"),
        ({"purpose": "other"}, "in your own words"),
        ({"field_sets": ["location"]}, "Select a valid choice"),
        ({"field_sets": ["adopter"]}, "Select a valid choice"),
    ],
)
def test_what_a_share_must_say(cast: Cast, agency, signed_in, change: dict, words: str) -> None:
    answer = signed_in("amina").post(f"/child/{cast.children['Theo'].public_id}/shares", SENT | change)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Share.objects.exists()


def test_the_agency_opens_no_page_that_is_not_shared_and_changes_nothing(
    cast: Cast, agency, signed_in
) -> None:
    share(cast, "core", "history", "legal")
    teresa, theo = signed_in("teresa"), f"/child/{cast.children['Theo'].public_id}"
    for part in ("/access", "/shares", "/looked", "/record"):
        assert teresa.get(theo + part).status_code == 404, part
    answer = teresa.post(theo + "/reveal", {"field_set": "location", "reason": "To plan a first visit"})
    assert answer.status_code == 404
    assert "Confidential" not in teresa.get(theo).content.decode()
    assert teresa.get(f"/child/{cast.children['Maya'].public_id}").status_code == 404
    assert "Maya" not in teresa.get("/").content.decode() + teresa.get("/tracker").content.decode()
