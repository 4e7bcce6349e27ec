"""A plan or home that changes at short notice, and carers to recruit: what is asked, and what came of it."""

from __future__ import annotations

from typing import Any

from tests.cast import NOW, TODAY, Cast
from tests.pages.test_drift import listed

from homeward.records.models import Action
from homeward.records.operations import signing
from homeward.records.operations.meetings import arrange_meeting, put_on_agenda


def asks(client: Any, cast: Cast, **more: str) -> Any:
    typed = {
        "change": "home",
        "from_on": "2026-11-27",
        "what": "From the children’s home to Mrs Hale",
        "why": "The home closes on Friday",
        "by_on": "2026-11-26",
        "person_0": str(cast.people["helen"].pk),
        "name_1": "The fostering duty worker",
        "name_2": "Catrin Rees",
        "name_3": "Owen Price",
    }
    return client.post(f"/child/{cast.children['Ruby'].public_id}/short-notice/add", typed | more)


def test_each_party_is_asked_about_a_change_at_short_notice_and_its_reply_is_held(cast: Cast, signed_in):
    """SLO-101: social work, fostering and adoption, legal services and the reviewing officer."""
    cast.authority.pack = "slough"
    cast.authority.save()
    helen, ruby = signed_in("helen"), cast.children["Ruby"].public_id
    assert asks(helen, cast).status_code == 302
    page = helen.get(f"/child/{ruby}/short-notice").content.decode()
    assert "The home changes from 27 November 2026" in page and "4 of 4 have not replied" in page
    for party in ("Social work teams", "Fostering and adoption service", "Legal services"):
        assert f'<th scope="row">{party}</th>' in page
    assert "From the children’s home to Mrs Hale" in helen.get("/actions").content.decode()
    line = listed(signed_in("amina"), "short_notice")["Ruby"]
    assert "Legal services, Independent reviewing officer" in line
    for action in Action.current.filter(kind="short_notice"):
        typed = {"agrees": "yes", "on": "2026-11-25", "says": ""}
        if action.what.startswith("Legal"):
            typed |= {"agrees": "no"}
            at = f"/child/{ruby}/short-notice/{action.uid}"
            assert "Enter what the party does not agree with" in helen.post(at, typed).content.decode()
            typed |= {"says": "The court must be told first"}
        assert helen.post(f"/child/{ruby}/short-notice/{action.uid}", typed).status_code == 302
    page = helen.get(f"/child/{ruby}/short-notice").content.decode()
    assert "Every party has replied, and not all agree" in page
    assert page.count("Agrees, 25 November 2026") == 3 and "The court must be told first" in page
    line = listed(signed_in("amina"), "short_notice")["Ruby"]
    assert "Legal services: The court must be told first" in line


def test_a_party_without_anybody_who_answers_is_not_left_out(cast: Cast, signed_in):
    answer = asks(signed_in("helen"), cast, name_2="")
    assert answer.status_code == 400 and "Legal services: choose who answers" in answer.content.decode()
    assert not Action.current.exists()


def test_of_two_who_record_a_reply_the_second_is_shown_what_the_first_did(cast: Cast, signed_in):
    helen, ruby = signed_in("helen"), cast.children["Ruby"].public_id
    asks(helen, cast)
    action = Action.current.filter(what__startswith="Legal").get()
    at = f"/child/{ruby}/short-notice/{action.uid}"
    assert helen.post(at, {"agrees": "yes", "on": "2026-11-25"}).status_code == 302
    second = helen.post(at, {"agrees": "no", "on": "2026-11-25", "says": "Not yet"})
    assert second.status_code == 409 and "Agrees." in second.content.decode()


# Carers to recruit (DUD-079)


def test_a_carer_to_recruit_named_at_the_panel_is_followed_until_something_came_of_it(cast: Cast, signed_in):
    cast.authority.pack = "dudley"
    cast.authority.save()
    amina = signed_in("amina")
    meeting = arrange_meeting(
        cast.authority,
        "achieving_early_permanence_panel",
        on=TODAY,
        chair=cast.people["amina"],
        chair_role="permanence_lead",
        by=cast.people["amina"],
        now=NOW,
    )
    (item,) = put_on_agenda(meeting, [(cast.children["Theo"], [])])
    at = f"/meetings/{meeting.public_id}/items/{item.pk}"
    page = amina.get(at).content.decode()
    assert "A carer to recruit" in page
    minute = {
        "child_says_why_not": "Too young",
        "actions": [
            {
                "what": "An early permanence carer in Brierley Hill",
                "owner": "",
                "owner_name": "Fostering recruitment",
                "by_on": "",
                "kind": "recruitment",
            }
        ],
    }
    type(item).objects.filter(pk=item.pk).update(minute=minute, state="heard")
    item.refresh_from_db()
    meeting.refresh_from_db()
    signing.sign_meeting(
        meeting,
        seen={item.pk: item.version},
        version=meeting.version,
        by=cast.people["amina"],
        now=NOW,
        gone_past=lambda _: [],
    )
    line = listed(amina, "recruitment")["Theo"]
    assert "An early permanence carer in Brierley Hill" in line and "Still looked for" in line
    assert "Achieving Early Permanence Panel" in line and "Fostering recruitment" in line
    action = Action.current.get(kind="recruitment")
    closed = {"state": "done", "on": "2026-11-25", "outcome": "Mr and Mrs Kaur were approved"}
    theo = cast.children["Theo"].public_id
    assert amina.post(f"/child/{theo}/actions/{action.uid}/close", closed).status_code == 302
    assert "Mr and Mrs Kaur were approved (25 November 2026)" in listed(amina, "recruitment")["Theo"]


def test_a_carer_to_recruit_is_agreed_by_hand_too(cast: Cast, signed_in):
    theo = cast.children["Theo"].public_id
    typed = {"what": "A carer who signs", "kind": "recruitment", "owner_name": "Fostering"}
    typed |= {"agreed_on": "2026-11-25", "by_on": "2026-12-25"}
    assert signed_in("helen").post(f"/child/{theo}/actions/add", typed).status_code == 302
    assert "A carer who signs" in listed(signed_in("amina"), "recruitment")["Theo"]
