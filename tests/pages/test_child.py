"""A child's pages."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from tests.cast import BUNDLE, NOW, Cast, uploads

from homeward.records import keep


def shown(client: Client, cast: Cast, name: str, page: str = "", query: str = "") -> str:
    answer = client.get(f"/child/{cast.children[name].public_id}{page}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_summary_shows_three_plans_what_comes_next_and_what_holds_things_up(
    cast: Cast, signed_in
) -> None:
    page = shown(signed_in("priya"), cast, "Theo")
    for words in (
        "Main plan",
        "Alongside",
        "If these fail",
        "What happens next",
        "What is holding things up",
    ):
        assert words in page
    assert "Adoption" in page
    assert "Overdue by" in page


def test_the_reviewing_officer_of_the_day_stands_beside_the_social_worker(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    assert "Owen Price" in shown(priya, cast, "Theo")
    assert "Judith Marlow" in shown(priya, cast, "Theo", "", "?as_at=2026-08-01")


def test_each_council_reads_its_own_names_of_its_meetings(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    for pack, meeting, review in (
        ("merton", "Permanency Planning Meeting", "Children in Care review"),
        ("slough", "Permanence Planning Meeting", "Cared For Child&#x27;s review"),
    ):
        cast.authority.pack = pack
        cast.authority.save()
        keep.refresh_if_policy_changed(cast.authority)
        summary, timeline = shown(amina, cast, "Theo"), shown(amina, cast, "Theo", "/timeline")
        assert f"Last {meeting}" in summary and f"Last {review}" in summary
        assert f"{meeting} held" in timeline and f"{review} held" in timeline
        tracker = amina.get("/tracker?column=planned&column=reviewed&column=updated").content.decode()
        assert f'data-label="Last {meeting}"' in tracker and f'data-label="Last {review}"' in tracker
        assert "17 August 2026" in tracker


def test_no_name_stands_in_an_address(cast: Cast, signed_in) -> None:
    page = shown(signed_in("priya"), cast, "Theo")
    assert not re.search(r'(href|action)="[^"]*theo', page, re.IGNORECASE)


def test_a_date_opens_to_its_rule_source_and_event(cast: Cast, signed_in) -> None:
    page = shown(signed_in("priya"), cast, "Maya", "/dates")
    assert "<details" in page
    for words in ("Why this date?", "Counted from", "Source", "Law", "Met when"):
        assert words in page
    assert "a looked-after review was held" in page
    assert "MER-084" in page
    assert "legislation.gov.uk" in page


def test_the_law_the_guidance_and_the_council_are_kept_apart(cast: Cast, signed_in) -> None:
    page = shown(signed_in("priya"), cast, "Maya", "/dates")
    at = [page.index(f'id="force-{force}"') for force in ("must", "should", "aim")]
    assert at == sorted(at)


def test_the_life_line_has_an_equal_list(cast: Cast, signed_in) -> None:
    page = shown(signed_in("priya"), cast, "Maya", "/timeline")
    drawn, listed = page.split("The same as a list")
    assert "<svg" in drawn
    assert 'role="img"' in drawn
    titles = re.findall(r"<title>([^<]+)</title>", drawn)
    assert any("Interim care order" in title for title in titles)
    for words in ("An interim care order was made", "Children in Care review held", "6 July 2026"):
        assert words in listed


def test_the_timeline_can_be_read_by_kind(cast: Cast, signed_in) -> None:
    page = shown(signed_in("priya"), cast, "Maya", "/timeline", "?kind=meeting")
    assert "review was held" in page
    assert "An interim care order was made" not in page


def test_the_record_can_be_read_as_it_was_known_on_a_day(cast: Cast, signed_in) -> None:
    from homeward.intake.load import load_uploads

    later = NOW + timedelta(days=-3)
    helen = signed_in("helen")
    before = shown(helen, cast, "Maya", "/history", f"?known={later.date().isoformat()}")
    assert "Nothing had been recorded about this child by then" in before
    load_uploads(
        cast.authority,
        uploads(
            {"plans.csv": "child,position,route,recorded,agreed\nN1,main,long_term_fostering,2026-11-25,\n"}
        ),
        now=NOW + timedelta(hours=2),
    )
    now = shown(helen, cast, "Maya", "/history")
    assert "Main plan: Long-term fostering" in now
    assert "replaced on 25 November 2026" in now or "withdrawn on 25 November 2026" in now


def test_the_history_names_file_and_row(cast: Cast, signed_in) -> None:
    page = shown(signed_in("helen"), cast, "Maya", "/history")
    assert re.search(r"reviews\.csv, row \d", page)


def test_a_child_is_read_as_at_an_earlier_day(cast: Cast, signed_in) -> None:
    page = shown(signed_in("priya"), cast, "Maya", "", "?as_at=2026-07-01")
    assert "You are reading the record as at" in page
    assert "No plan recorded" in page


def test_a_child_of_another_worker_is_not_found(cast: Cast, signed_in) -> None:
    for page in ("", "/dates", "/timeline", "/history"):
        assert signed_in("priya").get(f"/child/{cast.children['Ruby'].public_id}{page}").status_code == 404


def test_a_date_tells_what_was_known_of_it_earlier(cast: Cast, signed_in) -> None:
    from homeward.intake.load import load_uploads

    later = BUNDLE["reviews.csv"].replace("N1,2026-09-28", "N1,2026-10-05")
    load_uploads(cast.authority, uploads({"reviews.csv": later}), now=NOW + timedelta(hours=2))
    page = shown(signed_in("helen"), cast, "Maya", "/dates")
    assert "As known earlier" in page
    assert "due 28 March 2027, counted from 28 September 2026 (as known on 25 November 2026)" in page
