"""Home: what stands first for each role, and that every way from it leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import NOW, TODAY, Cast

from homeward.records.models import (
    Action,
    DatedEvent,
    Decision,
    Meeting,
    MeetingItem,
    PermanencePlan,
    Person,
    Role,
)

BEFORE = TODAY - timedelta(days=20)


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """Something stands in every block: an action, a decision, a proposed plan, meetings held and ahead."""
    children, people = cast.children, cast.people
    made = {"source": "person", "recorded_at": NOW - timedelta(days=2), "recorded_by": people["helen"]}
    theo = {"child": children["Theo"], **made}
    Action.objects.create(what="Ask the school", owner=people["priya"], agreed_on=BEFORE, by_on=TODAY, **theo)
    Action.objects.create(what="Send the letter", owner_name="Nurse Ade", agreed_on=BEFORE, **theo)
    Decision.objects.create(kind="family_time", what="Monthly", decided_on=BEFORE, maker="Helen Ward", **theo)
    PermanencePlan.objects.create(
        child=children["Maya"], position="contingency", route="adoption", recorded_on=BEFORE, **made
    )
    for series, on, who in (
        ("permanency_planning_meeting", TODAY - timedelta(days=3), "Theo"),
        ("children_in_care_review", TODAY + timedelta(days=9), "Kai"),
        ("permanency_tracking_meeting", TODAY + timedelta(days=12), "Theo"),
    ):
        held = Meeting.objects.create(
            authority=cast.authority, series=series, on=on, made_by=people["helen"], made_at=NOW
        )
        MeetingItem.objects.create(meeting=held, child=children[who], position=1)
    return cast


@pytest.fixture
def as_role(busy: Cast, signed_in: Callable[[str], Client]) -> Callable[[str], Client]:
    """Whoever holds a role, with every child of the council allocated where the role needs that."""

    def client(key: str) -> Client:
        held = Role.objects.filter(authority=busy.authority, key=key).first()
        if held is None:
            person = Person.objects.create(email=f"{key}@northmere.example", name="Sam Reed")
            held = Role.objects.create(
                person=person, authority=busy.authority, key=key, workers=["SW1", "SW2"]
            )
            for child in busy.children.values():
                child.allocations.create(
                    person=person, basis="panel", started_on=BEFORE, made_by=busy.people["helen"], made_at=NOW
                )
        busy.people[key] = held.person
        return signed_in(key)

    return client


def main_of(client: Client, address: str = "/") -> str:
    page = client.get(address).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.S)
    assert found
    return unescape(found.group(1))


def titles(page: str) -> list[str]:
    return [re.sub(r"<[^>]+>|\(\d+\)", "", title).strip() for title in re.findall(r"<h2.*?</h2>", page, re.S)]


FIRST = {
    "social_worker": ("need you this week.", "Overdue", "Prepare for a meeting"),
    "team_manager": (
        "Your team: 1 child needs a decision",
        "Plans that wait to be agreed",
        "Agree or return",
    ),
    "iro": ("late or due in the next 4 weeks", "Reviews late, or due in four weeks", "Arrange a review"),
    "permanence_lead": ("Tracker: 4 children, ", "Saved views", "Build the agenda"),
    "head_of_service": (
        "Is every child moving towards a permanent home?",
        "Worth your attention: waiting longest for a permanent home",
        "What delays children",
    ),
    "panel_adviser": ("No decision waits for you.", "Next meetings", "Read papers for a meeting"),
    "panel_chair": ("4 children on your panel.", "Next meetings", "papers"),
    "agency_decision_maker": ("for you.", "Next meetings", "See every decision"),
    "performance_analyst": ("Last import 25 November 2026", "Imports", "Import a return"),
    "administrator": ("to arrange, 1 meeting to be signed.", "Meetings to arrange", "Arrange a meeting"),
    "legal": ("Northmere Council: ", "Children with a date overdue", ""),
    "system_manager": ("Welcome to Homeward.", "", "Manage people and roles"),
}


@pytest.mark.parametrize("role", FIRST)
def test_each_role_finds_first_what_is_theirs(as_role, role: str) -> None:
    said, first, button = FIRST[role]
    page = main_of(as_role(role))
    assert said in heading(page)
    shown = [title for title in titles(page) if title not in ("To look at now", "Held, not yet signed")]
    assert not first or shown[0] == first
    assert button in page


@pytest.mark.parametrize("role", FIRST)
def test_every_way_from_a_first_page_leads_somewhere_for_that_role(as_role, role: str) -> None:
    client = as_role(role)
    page = main_of(client)
    places = {unescape(link).partition("#")[0] for link in re.findall(r'href="([^"]+)"', page)} - {""}
    assert places
    for place in sorted(places):
        answer = client.get(place, follow=True)
        assert answer.status_code == 200, f"{role}: {place}"
    anchors = set(re.findall(r'href="#([\w-]+)"', page))
    assert anchors <= set(re.findall(r'id="([\w-]+)"', page))


def test_a_thing_that_needs_a_worker_leads_to_where_it_is_done(as_role, busy: Cast) -> None:
    page = unescape(main_of(as_role("social_worker")))
    theo = f"/child/{busy.children['Theo'].public_id}"
    action = Action.objects.get(owner=busy.people["priya"])
    decision = Decision.objects.get()
    assert f"{theo}/actions/{action.uid}/close" in page
    assert f"{theo}/decisions/{decision.uid}/told" in page
    assert "Ruby" not in page


def test_a_review_that_is_due_leads_to_arranging_it(as_role, busy: Cast) -> None:
    office = unescape(main_of(as_role("administrator")))
    theo = busy.children["Theo"].public_id
    assert f"/meetings/arrange?series=children_in_care_review&child={theo}" in office
    officer = unescape(main_of(as_role("iro")))
    review = Meeting.objects.get(series="children_in_care_review")
    assert "Theo" in officer and "Not arranged" in officer
    assert review.public_id in officer


def test_children_due_for_a_planning_meeting_are_listed_for_who_chairs_it(as_role, busy: Cast) -> None:
    held = MeetingItem.objects.get(meeting__series="permanency_planning_meeting")
    page = unescape(main_of(as_role("team_manager")))
    due = page.partition("Permanency Planning Meeting: late")[2].partition("</section>")[0]
    places = [due.index(f">{name}</a>") for name in ("Theo", "Ruby", "Maya", "Kai")]
    assert places == sorted(places)
    assert f"/meetings/{held.meeting.public_id}/items/{held.pk}" in due and "Write the minutes" in due
    ruby = busy.children["Ruby"].public_id
    assert f"/meetings/arrange?series=permanency_planning_meeting&child={ruby}" in due


def test_my_children_say_when_they_were_last_heard_from(as_role, busy: Cast) -> None:
    DatedEvent.objects.create(
        child=busy.children["Theo"],
        kind="child_views_recorded",
        on=date(2026, 11, 2),
        source="person",
        recorded_at=NOW,
    )
    page = main_of(as_role("social_worker"))
    assert "2 November 2026" in page and "Nothing recorded yet" in page


def test_what_others_see_to_is_told_apart_from_what_the_worker_does(as_role) -> None:
    page = main_of(as_role("social_worker"))
    assert "for others to see to" in page
    mine, _, others = page.partition("for others to see to")
    assert "Looked-after review" not in mine.partition("My children")[0]
    assert "Independent reviewing officer" in others


def test_a_reviewing_officer_sees_their_own_children_first(as_role, busy: Cast) -> None:
    client = as_role("iro")
    everybody = main_of(client)
    busy.people["iro"].name = "Owen Price"
    busy.people["iro"].save()
    own = main_of(client)
    assert "of the council’s children" in everybody and "of yours" in own
    assert "Ruby" in everybody and "Ruby" not in own


def test_a_reviewing_officer_hears_of_a_plan_until_they_have_looked(as_role, busy: Cast) -> None:
    client = as_role("iro")
    maya = busy.children["Maya"]
    changed = "Plans changed since you last looked"
    assert maya.name in main_of(client).partition(changed)[2].partition("</section>")[0]
    client.get(f"/child/{maya.public_id}/plans")
    assert "No plan has changed" in main_of(client)


def test_a_workload_is_by_name_and_counts_what_each_has(as_role, busy: Cast) -> None:
    page = main_of(as_role("team_manager"))
    table = page.partition("Who has how much to do")[2].partition("</table>")[0]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)]
    assert [row[:2] for row in rows[1:]] == [["Priya", "Shah"], ["SW2", "1"]]
    assert rows[1][-2] == "1"


def test_a_lead_hears_what_changed_since_the_last_oversight_meeting(as_role, busy: Cast) -> None:
    held = Meeting.objects.create(
        authority=busy.authority,
        series="permanency_tracking_meeting",
        on=TODAY - timedelta(days=5),
        state=Meeting.SIGNED,
        signed_at=NOW - timedelta(days=5),
        made_by=busy.people["helen"],
        made_at=NOW,
    )
    assert held.pk
    page = main_of(as_role("permanence_lead"))
    assert "2 changed since 20 November 2026" in heading(page)


def test_a_head_of_service_is_told_five_figures_in_sentences(as_role) -> None:
    page = main_of(as_role("head_of_service"))
    told = page.partition('<ul class="hw-told">')[2].partition("</ul>")[0]
    assert told.count("<li") == 5
    assert "Half of them have been in our care" in told
    assert "In the 12 months before" in told
    assert "score" not in told


def test_who_decides_sees_what_waits_and_what_no_child_was_told(as_role, busy: Cast) -> None:
    page = main_of(as_role("agency_decision_maker"))
    assert "Plans that wait for you to confirm" in page
    told = page.partition("Decisions of which the child has not been told")[2]
    assert "Theo" in told and "Not told yet, 20 days on" in told


def test_what_a_partner_agreed_is_there_to_be_printed(as_role) -> None:
    page = main_of(as_role("administrator"))
    assert "Nurse Ade" in page and "/actions/print?who=n" in page


def test_a_draft_that_was_not_finished_stands_on_the_page(as_role, busy: Cast) -> None:
    from homeward.records.operations import unsent

    unsent.keep(busy.people["priya"], busy.children["Kai"], "record:visit", {"on": "2026-11-20"})
    page = main_of(as_role("social_worker"))
    assert "Drafts you have not finished" in page and "Kai: a visit" in page


def test_a_person_who_sees_no_child_is_told_so(cast: Cast, signed_in) -> None:
    page = signed_in("lindsay").get("/").content.decode()
    assert "no child’s record is open to you" in page
    assert "Maya" not in page


@pytest.mark.parametrize(
    "role", ["social_worker", "team_manager", "iro", "permanence_lead", "head_of_service"]
)
def test_more_children_ask_for_no_more_queries(as_role, busy: Cast, role: str) -> None:
    client = as_role(role)
    client.get("/")
    before = number_of_queries(client)
    more_like(busy, 12)
    client.get("/")  # what the council records at all is asked anew after an import, and kept
    assert number_of_queries(client) <= before


def number_of_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    return len(asked)


def more_like(cast: Cast, number: int) -> None:
    """As many children again who are looked after by the same worker, each with an action and a plan."""
    from tests.cast import BUNDLE, uploads

    from homeward.intake.load import load_uploads
    from homeward.records.models import Child

    tables = {}
    for name, text in BUNDLE.items():
        head, *rows = text.strip().split("\n")
        copies = [row.replace("N2", f"M{n}") for n in range(number) for row in rows if row.startswith("N2")]
        tables[name] = "\n".join([head, *rows, *copies]) + "\n"
    load_uploads(cast.authority, uploads(tables), now=NOW)
    for child in Child.objects.filter(authority=cast.authority, code__startswith="M"):
        made: dict[str, Any] = {"child": child, "source": "person", "recorded_at": NOW}
        Action.objects.create(what="Ask", owner=cast.people["priya"], agreed_on=BEFORE, by_on=TODAY, **made)
