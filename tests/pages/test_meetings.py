"""A planning meeting from the agenda to the signed record, as those who hold it go through it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document
from tests.cast import TODAY, Cast, keep_from

from homeward.records.history import history_of
from homeward.records.models import (
    Action,
    Authority,
    Decision,
    Meeting,
    MeetingItem,
    Minute,
    Person,
    Review,
    Role,
    Team,
)
from homeward.records.operations.meetings import series_of
from homeward.records.queries.meeting_gates import in_the_way

PPM = "permanency_planning_meeting"
SAYS = "I want to stay with Auntie Bea"
ALL_ANSWERED = {f"section_{number}": "Talked through" for number in range(12)}
DECIDED = {
    "decisions-0-kind": "home",
    "decisions-0-what": "Maya stays with her aunt",
    "decisions-0-maker": "Helen Ward",
    "decisions-0-maker_role": "team_manager",
    "decisions-0-basis": "The viability assessment of 12 October",
    "actions-0-what": "Ask the school for a report",
    "actions-0-owner_name": "Class teacher",
    "actions-0-by_on": "2026-12-04",
}


@pytest.fixture
def iro(cast: Cast) -> Person:
    person = Person.objects.create(email="owen@northmere.example", name="Owen Price", is_demonstration=True)
    Role.objects.create(person=person, authority=cast.authority, key="iro")
    cast.people["owen"] = person
    return person


def arranged(client: Any, cast: Cast, *, chair: str = "helen", series: str = PPM, on: Any = TODAY) -> Meeting:
    role = Role.objects.get(person=cast.people[chair])
    answer = client.post("/meetings/arrange", {"series": series, "on": on.isoformat(), "chair": str(role.pk)})
    assert answer.status_code == 302, answer.content.decode()
    return Meeting.objects.get(public_id=answer["Location"].rsplit("/", 1)[1])


def with_child(client: Any, meeting: Meeting, code: str = "N1") -> MeetingItem:
    assert client.post(f"/meetings/{meeting.public_id}/add", {"code": code}).status_code == 302
    return MeetingItem.objects.get(meeting=meeting, child__code=code)


def at(item: MeetingItem) -> str:
    return f"/meetings/{item.meeting.public_id}/items/{item.pk}"


def typed(item: MeetingItem, **more: Any) -> dict[str, Any]:
    """What the page sends: the management of each list, and what was typed."""
    item.refresh_from_db()
    sent: dict[str, Any] = {"version": str(item.version), "child_says": SAYS}
    for part, rows in (("others", 2), ("decisions", 1), ("actions", 2), ("options", 1)):
        sent |= {f"{part}-TOTAL_FORMS": str(rows), f"{part}-INITIAL_FORMS": "0"}
        sent |= {f"{part}-MIN_NUM_FORMS": "0", f"{part}-MAX_NUM_FORMS": "60"}
    return sent | more


def reasons(item: MeetingItem) -> dict[str, str]:
    """A reason for each thing that the policy asks and lets go on."""
    item = MeetingItem.objects.select_related("meeting__authority").get(pk=item.pk)
    return {
        f"gate_{one.gate.key}": "Agreed with the head of service"
        for one in in_the_way(item, series_of(item.meeting))
        if not one.stops
    }


def done(client: Any, item: MeetingItem, **sent: Any) -> Any:
    """Types, saves, gives the reasons that are asked for, and says that the child is done."""
    assert client.post(at(item), typed(item, **sent)).status_code == 302
    return client.post(at(item), typed(item, **sent, **reasons(item), done="1"))


def asked(client: Any, item: MeetingItem, **sent: Any) -> str:
    """The page that follows when the policy still asks for something; what was typed is saved."""
    answer = done(client, item, **sent)
    assert answer.status_code == 302 and answer["Location"] == f"{at(item)}?asks=1"
    item.refresh_from_db()
    assert item.state == MeetingItem.LISTED and item.minute["child_says"] == sent.get("child_says", SAYS)
    return client.get(answer["Location"]).content.decode()


def read(client: Any, meeting: Meeting) -> dict[str, str]:
    """What the page that is signed sends along: which versions the signer has read."""
    page = client.get(f"/meetings/{meeting.public_id}/sign").content.decode()
    return dict(re.findall(r'name="(version|items)" value="([^"]*)"', page))


def sign(client: Any, meeting: Meeting) -> Any:
    meeting.refresh_from_db()
    answer = client.post(f"/meetings/{meeting.public_id}/sign", read(client, meeting))
    assert answer.status_code == 302, answer.content.decode()
    meeting.refresh_from_db()
    return answer


def test_a_planning_meeting_goes_from_agenda_to_signed_record(cast: Cast, signed_in):
    helen, maya = signed_in("helen"), cast.children["Maya"]
    meeting = arranged(helen, cast)
    page = helen.get(f"/meetings/{meeting.public_id}/agenda").content.decode()
    assert "Maya" in page and "Theo" in page and "due" in page
    helen.post(f"/meetings/{meeting.public_id}/agenda", {"children": [maya.public_id]})
    item = MeetingItem.objects.get(meeting=meeting)
    assert item.child == maya
    answer = done(helen, item, **ALL_ANSWERED, **DECIDED)
    assert answer.status_code == 302, answer.content.decode()
    sign(helen, meeting)
    assert meeting.state == Meeting.SIGNED and meeting.signed_by == cast.people["helen"]
    minute = Minute.current.get(child=maya)
    assert minute.child_says == SAYS and len(minute.sections) == 12
    assert SAYS in helen.get(f"/child/{maya.public_id}").content.decode()  # the child's words come first
    assert Decision.current.get(child=maya).what == "Maya stays with her aunt"
    assert Action.current.get(child=maya).owner_name == "Class teacher"
    kinds = [event.kind for event in history_of(maya).recorded if event.on == TODAY]
    assert kinds.count("permanence_meeting_held") == 1 and "child_views_recorded" in kinds


def test_the_record_says_the_next_date_as_soon_as_the_meeting_is_signed(cast: Cast, signed_in):
    helen, theo = signed_in("helen"), cast.children["Theo"]
    before = helen.get(f"/child/{theo.public_id}/dates").content.decode()
    meeting = arranged(helen, cast)
    assert done(helen, with_child(helen, meeting, "N2"), **ALL_ANSWERED).status_code == 302
    sign(helen, meeting)
    after = helen.get(f"/child/{theo.public_id}/dates").content.decode()
    assert "6 January 2027" not in before and "6 January 2027" in after  # six weeks from 25 November


def test_a_meeting_that_the_wrong_role_chairs_is_not_signed(cast: Cast, iro: Person, signed_in):
    helen = signed_in("helen")
    meeting = arranged(helen, cast, chair="owen")
    assert "is chaired by the" in helen.get(f"/meetings/{meeting.public_id}").content.decode()
    item = with_child(helen, meeting)
    assert "Stops the record" in asked(helen, item, **ALL_ANSWERED)


def test_a_head_of_service_may_let_a_stop_go_on_with_a_reason(cast: Cast, iro: Person, signed_in):
    helen, marcia = signed_in("helen"), signed_in("marcia")
    meeting = arranged(helen, cast, chair="owen")
    item = with_child(helen, meeting)
    page = asked(helen, item, **ALL_ANSWERED, gate_planning_meeting_chair="I say so")
    assert "May be overridden with a reason by: head of service" in page
    answer = done(marcia, item, **ALL_ANSWERED, gate_planning_meeting_chair="The manager is ill")
    assert answer.status_code == 302, answer.content.decode()
    sign(marcia, meeting)
    said = cast.children["Maya"].gateanswer_set.get(gate="planning_meeting_chair")
    assert (said.answer, said.by_name, said.reason) == ("overridden", "Marcia Bennett", "The manager is ill")


def test_without_the_childs_words_or_why_not_the_record_is_refused(cast: Cast, signed_in):
    helen = signed_in("helen")
    said = asked(helen, with_child(helen, arranged(helen, cast)), child_says="")
    assert "What the child says is not written" in said


def test_after_the_policy_has_asked_the_same_page_goes_on_from_what_was_saved(cast: Cast, signed_in):
    helen = signed_in("helen")
    item = with_child(helen, arranged(helen, cast))
    page = asked(helen, item, **ALL_ANSWERED, child_says="")
    item.refresh_from_db()
    assert f'name="version" value="{item.version}"' in page
    assert done(helen, item, **ALL_ANSWERED).status_code == 302
    item.refresh_from_db()
    assert item.state == MeetingItem.HEARD


def test_minutes_that_a_colleague_saved_meanwhile_are_shown_and_not_overwritten(cast: Cast, signed_in):
    helen, marcia = signed_in("helen"), signed_in("marcia")
    item = with_child(helen, arranged(helen, cast))
    old = typed(item, child_says="What Helen heard")
    assert marcia.post(at(item), typed(item, child_says="What Marcia heard")).status_code == 302
    both = helen.post(at(item), old)
    assert both.status_code == 409
    page = both.content.decode()
    assert "What Helen heard" in page and "What Marcia heard" in page and "Marcia Bennett" in page
    item.refresh_from_db()
    assert item.minute["child_says"] == "What Marcia heard"


def test_what_is_typed_is_kept_by_the_page_itself_also_when_a_day_cannot_be_read(cast: Cast, signed_in):
    helen = signed_in("helen")
    item = with_child(helen, arranged(helen, cast))
    kept = helen.post(f"{at(item)}/keep", typed(item, next_on="soon"))
    assert kept.status_code == 204 and kept["X-Version"] == "2"
    item.refresh_from_db()
    assert item.minute["child_says"] == SAYS


def test_minutes_saved_while_somebody_reads_before_signing_are_not_signed_unread(cast: Cast, signed_in):
    helen, marcia = signed_in("helen"), signed_in("marcia")
    meeting = arranged(helen, cast)
    item = with_child(helen, meeting)
    assert done(helen, item, **ALL_ANSWERED).status_code == 302
    as_read = read(helen, meeting)
    marcia.post(at(item), typed(item, **ALL_ANSWERED, child_says="I changed my mind"))
    answer = helen.post(f"/meetings/{meeting.public_id}/sign", as_read)
    assert answer.status_code == 400 and "Read it again before you sign" in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.state == Meeting.PLANNED


def test_a_child_who_is_put_off_comes_forward_next_time_with_the_reason(cast: Cast, signed_in):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    first, second = with_child(helen, meeting), with_child(helen, meeting, "N2")
    helen.post(f"{at(second)}/put-off", {"reason": "The report is late"})
    assert done(helen, first, **ALL_ANSWERED).status_code == 302
    sign(helen, meeting)
    later = arranged(helen, cast, on=TODAY.replace(month=12, day=2))
    page = helen.get(f"/meetings/{later.public_id}/agenda").content.decode()
    assert "Put off on 25 November 2026: The report is late" in page


def test_nobody_signs_unread_what_they_may_not_see_and_nobody_learns_of_it(cast: Cast, signed_in):
    helen, marcia = signed_in("helen"), signed_in("marcia")
    meeting = arranged(helen, cast)
    mine, hidden = with_child(helen, meeting), with_child(helen, meeting, "N2")
    keep_from(cast, "marcia", "Theo")
    page = marcia.get(f"/meetings/{meeting.public_id}").content.decode()
    assert "Maya" in page and "Theo" not in page and "of 1 dealt with" in page
    assert marcia.get(at(hidden)).status_code == 404
    assert done(marcia, mine, **ALL_ANSWERED).status_code == 302
    sign(marcia, meeting)
    hidden.refresh_from_db()
    assert hidden.meeting_id != meeting.pk and hidden.meeting.state == Meeting.PLANNED and not hidden.signed


def test_nobody_is_asked_to_sign_minutes_of_children_they_may_not_see(cast: Cast, signed_in):
    helen = signed_in("helen")
    with_child(helen, arranged(helen, cast, on=TODAY.replace(day=20)), "N2")
    assert "meeting to be signed" in helen.get("/digest").content.decode()
    keep_from(cast, "helen", "Theo")
    assert "meeting to be signed" not in helen.get("/digest").content.decode()


def acts_as(cast: Cast, who: str, key: str) -> None:
    Role.objects.filter(person=cast.people[who]).update(key=key)


READ = ("", "/change", "/cancel", "/agenda", "/sign", "/record", "/calendar.ics")
SENT = ("/change", "/cancel", "/came", "/agenda", "/add", "/together", "/sign")


def test_a_role_without_meetings_finds_no_meeting_of_its_own_child(cast: Cast, signed_in):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    item = with_child(helen, meeting)
    place = f"/meetings/{meeting.public_id}"
    own = (f"/items/{item.pk}", f"/items/{item.pk}/put-off")
    assert [part for part in (*READ, *own) if helen.get(place + part).status_code != 200] == []
    acts_as(cast, "priya", "supervising_social_worker")
    priya = signed_in("priya")
    assert priya.get(f"/child/{cast.children['Maya'].public_id}").status_code == 200
    assert [part for part in (*READ, *own) if priya.get(place + part).status_code != 404] == []
    moved = (*own, f"/items/{item.pk}/keep", f"/items/{item.pk}/move")
    assert [part for part in (*SENT, *moved) if priya.post(place + part).status_code != 404] == []


def test_who_meets_and_does_not_record_writes_no_minutes_and_signs_nothing(cast: Cast, signed_in):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    item = with_child(helen, meeting)
    acts_as(cast, "priya", "administrator")
    priya = signed_in("priya")
    assert priya.get(f"/meetings/{meeting.public_id}").status_code == 200
    for address in (at(item), f"/meetings/{meeting.public_id}/sign"):
        assert priya.get(address).status_code == 404 and priya.post(address, typed(item)).status_code == 404
    assert priya.post(f"{at(item)}/keep", typed(item)).status_code == 404
    item.refresh_from_db()
    assert item.minute == {} and not item.signed


def test_a_meeting_of_another_council_is_not_there(cast: Cast, signed_in):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)  # with nobody on its agenda, so that reach alone would show it
    other = Authority.objects.create(slug="easterby", name="Easterby Council", pack="merton")
    nadia = Person.objects.create(email="nadia@easterby.example", name="Nadia Khan")
    Role.objects.create(person=nadia, authority=other, key="permanence_lead")
    cast.people["nadia"] = nadia
    client = signed_in("nadia")
    for part in READ:
        assert client.get(f"/meetings/{meeting.public_id}{part}").status_code == 404, part
    for page in ("/meetings", "/meetings/calendar"):
        assert meeting.public_id not in client.get(page).content.decode()
        assert meeting.public_id in helen.get(page).content.decode()


def test_no_child_is_put_on_an_agenda_by_a_code_that_the_person_may_not_see(cast: Cast, signed_in):
    priya = signed_in("priya")
    meeting = arranged(priya, cast)
    answer = priya.post(f"/meetings/{meeting.public_id}/add", {"code": "N4"})  # Ruby
    assert answer.status_code == 400 and "Ruby" not in answer.content.decode()
    ruby = cast.children["Ruby"].public_id
    priya.post(f"/meetings/{meeting.public_id}/agenda", {"children": [ruby]})
    assert not MeetingItem.objects.exists()


def test_a_meeting_about_none_but_children_out_of_reach_is_not_there(cast: Cast, signed_in):
    helen, priya = signed_in("helen"), signed_in("priya")
    meeting = arranged(helen, cast)
    with_child(helen, meeting, "N4")  # Ruby, who is with another social worker
    assert priya.get(f"/meetings/{meeting.public_id}").status_code == 404
    assert meeting.public_id not in priya.get("/meetings").content.decode()


def test_a_review_that_is_signed_is_a_review_with_how_the_child_took_part(cast: Cast, iro, signed_in):
    owen = signed_in("owen")
    meeting = arranged(owen, cast, chair="owen", series="children_in_care_review")
    answer = done(owen, with_child(owen, meeting, "N3"), **ALL_ANSWERED, participation="PN1")
    assert answer.status_code == 302, answer.content.decode()
    sign(owen, meeting)
    assert Review.current.get(child=cast.children["Kai"], held_on=TODAY).participation == "PN1"


def test_brothers_and_sisters_share_minutes_and_keep_exceptions_of_their_own(cast: Cast, signed_in):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    maya, theo = with_child(helen, meeting), with_child(helen, meeting, "N2")
    helen.post(f"/meetings/{meeting.public_id}/together", {"items": [maya.pk, theo.pk]})
    helen.post(at(theo), typed(theo, child_says="Too small to say", section_1="Theo waits for adopters"))
    sent = typed(maya, section_0="Both were seen together", section_1="Maya stays", share="1")
    assert helen.post(at(maya), sent).status_code == 302
    theo.refresh_from_db()
    assert theo.minute["child_says"] == "Too small to say"
    sections = theo.minute["sections"]
    assert "Theo waits for adopters" in sections.values() and "Maya stays" not in sections.values()
    assert "Both were seen together" in sections.values()


def test_a_day_that_is_no_working_day_is_asked_about_and_the_one_before_is_offered(cast: Cast, signed_in):
    helen = signed_in("helen")
    asked = helen.post("/meetings/arrange", {"series": PPM, "on": "2026-12-25"})
    assert asked.status_code == 400
    offered = "25 December 2026 is not a working day. The working day before it is 24 December 2026"
    assert offered in asked.content.decode()
    assert helen.post("/meetings/arrange", {"series": PPM, "on": "2026-12-25", "anyway": "on"})["Location"]


def test_the_paper_for_the_carer_holds_nothing_of_what_others_said(cast: Cast, signed_in):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    item = with_child(helen, meeting)
    said = {"others-0-who": "Mother", "others-0-words": "CANARY-MOTHER", "section_0": "CANARY-SECTION"}
    helen.post(at(item), typed(item, **said, **DECIDED))
    address = f"/meetings/{meeting.public_id}/record?as=docx"
    whole, carers = (
        written(helen, f"{address}&for=colleague"),
        written(helen, f"{address}&for=carer&item={item.pk}"),
    )
    assert "CANARY-MOTHER" in whole and "CANARY-SECTION" in whole
    assert SAYS in carers and "Ask the school for a report" in carers
    assert "CANARY" not in carers


@pytest.fixture
def denise(cast: Cast) -> Person:
    """Business support: arranges meetings, and is shown neither orders nor what children say."""
    person = Person.objects.create(email="denise@northmere.example", name="Denise", is_demonstration=True)
    team = Team.objects.create(authority=cast.authority, name="Care 1")
    Role.objects.create(
        person=person, authority=cast.authority, key="administrator", team=team, workers=["SW1"]
    )
    cast.people["denise"] = person
    return person


def test_who_is_not_shown_what_children_say_reads_it_in_no_record_of_a_meeting(
    cast: Cast, denise: Person, signed_in
):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    item = with_child(helen, meeting)
    view = {"decisions-0-child_view": "CANARY-VIEW", "decisions-0-why_not_followed": "CANARY-WHY"}
    assert done(helen, item, **ALL_ANSWERED, **DECIDED, **view).status_code == 302
    sign(helen, meeting)
    record = f"/meetings/{meeting.public_id}/record?for=colleague&as=docx"
    pages = (f"/meetings/{meeting.public_id}", f"/child/{item.child.public_id}/meetings")
    helens = [helen.get(page).content.decode() for page in pages]
    assert SAYS in helens[1] and SAYS in written(helen, record) and "Legal status" in written(helen, record)
    client = signed_in("denise")
    told = [*(client.get(page).content.decode() for page in pages), written(client, record)]
    assert all("Talked through" in one for one in told[1:])
    for kept in (SAYS, "CANARY", "Legal status"):
        assert all(kept not in one for one in told), kept


def written(client: Any, address: str) -> str:
    """Every word of a Word file."""
    made = Document(io.BytesIO(b"".join(client.get(address).streaming_content)))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def test_who_is_shown_no_orders_reads_only_what_sort_of_reason_put_a_child_there(
    cast: Cast, denise: Person, signed_in
):
    helen = signed_in("helen")
    meeting = arranged(helen, cast)
    item = with_child(helen, meeting)
    MeetingItem.objects.filter(pk=item.pk).update(why=[["entry", "In care proceedings since 10 June 2026"]])
    assert "In care proceedings" in helen.get(f"/meetings/{meeting.public_id}").content.decode()
    page = signed_in("denise").get(f"/meetings/{meeting.public_id}").content.decode()
    assert "Maya" in page and "Within this meeting’s scope" in page and "proceedings since" not in page
