"""Supervision of the work for a child: what was thought, what it changes, how good it was."""

from __future__ import annotations

from datetime import date

import pytest
from tests.cast import NOW, TODAY, Cast, share, with_agency

from homeward.domain import packs
from homeward.domain.policy import PACKS
from homeward.records.models import AuditEntry, Draft, Person, Role, Supervision, Team
from homeward.records.operations.supervision import grade_supervision, record_supervision

FRESH = {"kind": "supervision", "by_role": "team_manager", "worker": "Priya Shah"}


def page(cast: Cast, child: str = "Maya") -> str:
    return f"/child/{cast.children[child].public_id}/supervision"


def text(answer) -> str:
    return answer.content.decode()


def asked(**more: str) -> dict[str, str]:
    return {
        "kind": "supervision",
        "held_on": "2026-11-20",
        "by_name": "Helen Ward",
        "by_role": "team_manager",
        "worker": "Priya Shah",
        "says": "Maya has settled with her aunt; her father has not been asked.",
        "decided": "Priya writes to her father this week.",
        "next_on": "2026-12-18",
    } | more


def held(cast: Cast, on: date, next_on: date | None = None, child: str = "Maya", **more) -> Supervision:
    values = FRESH | {"held_on": on, "next_on": next_on, "by_name": "Helen Ward", "says": "Maya is well."}
    return record_supervision(cast.children[child], values | more, by=cast.people["helen"], now=NOW)


def as_role(signed_in, cast: Cast, key: str, name: str = "Somebody Else"):
    person = Person.objects.create(email=f"{key}@else.example", name=name)
    Role.objects.create(person=person, authority=cast.authority, key=key, workers=["SW1"])
    cast.people[name] = person
    return signed_in(name)


@pytest.fixture
def every_four_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a council that has set a number of weeks in its pack."""
    said = {"value": "4 weeks", "says": "Supervision of the work for a child, every"}
    monkeypatch.setitem(packs.pack("merton").settings, "supervision_every", said)


def test_supervision_is_recorded_with_what_was_thought_and_what_it_changes(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    assert "No supervision or management oversight is recorded for Maya." in text(helen.get(page(cast)))
    assert 'value="Helen Ward"' in text(helen.get(f"{page(cast)}/add"))
    assert helen.post(f"{page(cast)}/add", asked()).status_code == 302
    shown = text(helen.get(page(cast)))
    for said in (
        "Supervision, 20 November 2026",
        "Helen Ward, Team manager, with Priya Shah",
        "her father has not been asked",
        "Priya writes to her father this week.",
        "On time, due 18 December 2026",
        "Not judged",
    ):
        assert said in shown
    assert AuditEntry.objects.latest("pk").field_sets == ["core", "history", "legal", "work"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Choose what it was"),
        ({"held_on": "2026-11-26"}, "This day is still to come"),
        ({"by_name": " "}, "Enter who held it"),
        ({"says": ""}, "Enter what was thought about"),
        ({"next_on": "2026-11-20"}, "The next day must be after this one"),
    ],
)
def test_what_a_supervision_lacks_is_said_and_nothing_is_kept(cast: Cast, signed_in, wrong, said) -> None:
    answer = signed_in("helen").post(f"{page(cast)}/add", asked() | wrong)
    assert answer.status_code == 400 and said in text(answer)
    assert not Supervision.objects.exists()


def test_a_half_written_supervision_waits_on_home(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    assert helen.post(f"{page(cast)}/add", asked(decided="", keep="1"))["Location"] == "/"
    assert "Maya: supervision" in text(helen.get("/"))
    assert "her father has not been asked" in text(helen.get(f"{page(cast)}/add"))
    assert helen.post(f"{page(cast)}/add", asked()).status_code == 302
    assert not Draft.objects.exists()


def test_the_newest_stands_first_and_says_whether_it_was_held_in_time(cast: Cast, signed_in) -> None:
    held(cast, date(2026, 8, 3), date(2026, 8, 31), says="The first")
    held(cast, date(2026, 9, 4), date(2026, 10, 2), says="The second")
    held(cast, date(2026, 9, 10), None, kind="oversight", says="The file was read")
    shown = text(signed_in("helen").get(page(cast)))
    assert shown.index("The file was read") < shown.index("The second") < shown.index("The first")
    assert "Done 4 days late" in shown  # what follows the first is the second, not the oversight
    assert "Next supervision: " in shown and "Overdue by 54 days" in shown
    assert "Next management oversight: " in shown and "No next day was agreed" in shown


def test_the_child_s_own_social_worker_reads_it_and_does_not_write_it(cast: Cast, signed_in) -> None:
    fact = held(cast, date(2026, 11, 2))
    priya = signed_in("priya")
    shown = text(priya.get(page(cast)))
    assert "Maya is well." in shown and "Record supervision" not in shown
    for path in (f"{page(cast)}/add", f"{page(cast)}/{fact.uid}", f"{page(cast)}/{fact.uid}/grade"):
        assert priya.get(path).status_code == 404
        assert priya.post(path, asked()).status_code == 404
    assert Supervision.objects.count() == 1


@pytest.mark.parametrize("shared", [("core",), ("core", "history", "legal")])
def test_whatever_is_shared_the_agency_finds_no_supervision(cast: Cast, signed_in, shared) -> None:
    held(cast, date(2026, 11, 2), child="Theo", says="Theo waits")
    with_agency(cast)
    share(cast, *shared)
    teresa = signed_in("teresa")
    child = f"/child/{cast.children['Theo'].public_id}"
    assert teresa.get(page(cast, "Theo")).status_code == 404
    assert "Supervision" not in text(teresa.get(child))
    history = teresa.get(f"{child}/history")
    assert history.status_code == (200 if "history" in shared else 404)
    assert "Supervision" not in text(history) and "Theo waits" not in text(history)


def test_another_manager_says_how_good_it_was_and_never_the_one_who_held_it(cast: Cast, signed_in) -> None:
    fact = held(cast, date(2026, 11, 2))
    grade = {"grade": "Good", "grade_why": "It asked what Maya wants.", "graded_on": "2026-11-24"}
    helen, marcia = signed_in("helen"), signed_in("marcia")
    assert "Say how good it was" not in text(helen.get(page(cast)))
    assert helen.post(f"{page(cast)}/{fact.uid}/grade", grade).status_code == 404
    for wrong, said in (
        ({"grade": "Splendid"}, "Choose from the list"),
        ({"grade": ""}, "Choose how good it was"),
        ({"grade_why": ""}, "Say why"),
        ({"graded_on": "2026-11-01"}, "This day is before the supervision"),
    ):
        answer = marcia.post(f"{page(cast)}/{fact.uid}/grade", grade | wrong)
        assert answer.status_code == 400 and said in text(answer)
    assert "Requires improvement to be good" in text(marcia.get(f"{page(cast)}/{fact.uid}/grade"))
    assert marcia.post(f"{page(cast)}/{fact.uid}/grade", grade).status_code == 302
    shown = text(helen.get(page(cast)))
    assert "<b>Good</b>: It asked what Maya wants." in shown and "Marcia Bennett, 24 November 2026" in shown
    late = signed_in("amina").post(f"{page(cast)}/{fact.uid}/grade", grade | {"grade_why": "I read it too"})
    assert late.status_code == 409 and "I read it too" in text(late)


def test_a_grade_goes_when_what_it_judged_is_corrected_and_stays_readable(cast: Cast, signed_in) -> None:
    fact = held(cast, date(2026, 11, 2))
    grade_supervision(fact, "Good", "Clear", on=TODAY, by=cast.people["marcia"], now=NOW)
    fact = Supervision.current.get()
    helen, path = signed_in("helen"), f"{page(cast)}/{fact.uid}"
    same = asked(held_on="2026-11-03", says="Maya is well.", decided="", reason="The day was wrong")
    assert helen.post(path, same | {"reason": ""}).status_code == 400
    assert helen.post(path, same).status_code == 302
    fact = Supervision.current.get()
    assert (fact.held_on, fact.grade) == (date(2026, 11, 3), "Good")
    stale = helen.post(path, asked(reason="I saw it too"))
    assert stale.status_code == 409 and "The day was wrong" in text(stale)
    path = f"{page(cast)}/{fact.uid}"
    assert helen.post(path, same | {"says": "Maya is not well.", "reason": "As I noted"}).status_code == 302
    assert Supervision.current.get().grade == ""
    shown = text(helen.get(page(cast)))
    assert "Judged: Good." in shown and "Changed 3 times" in shown
    path = f"{page(cast)}/{Supervision.current.get().uid}"
    assert helen.post(path, same | {"withdraw": "1", "reason": "It was Theo’s"}).status_code == 302
    assert not Supervision.current.exists()


@pytest.mark.usefixtures("every_four_weeks")
def test_where_the_council_sets_a_number_of_weeks_that_day_counts(cast: Cast, signed_in) -> None:
    held(cast, date(2026, 10, 20), date(2026, 12, 20))
    shown = text(signed_in("helen").get(page(cast)))
    assert "Supervision every 4 weeks" in shown and "Overdue by 8 days" in shown


def test_no_number_of_weeks_is_set_until_a_council_sets_one() -> None:
    for name in PACKS:
        assert packs.setting(name, "supervision_every") is None
        assert packs.setting(name, "oversight_every") is None


def test_late_supervision_stands_on_the_team_managers_home(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    assert "Supervision that is late" not in text(helen.get("/"))
    held(cast, date(2026, 10, 1), date(2026, 11, 1))
    held(cast, date(2026, 11, 1), date(2026, 12, 1), child="Kai")
    shown = text(helen.get("/"))
    assert "Supervision that is late" in shown and f'href="{page(cast)}"' in shown
    assert "Overdue by 24 days" in shown and f'href="{page(cast, "Kai")}"' not in shown


def test_oversight_shows_by_team_what_is_late_and_opens_the_children(cast: Cast, signed_in) -> None:
    team = Team.objects.create(authority=cast.authority, name="North")
    Role.objects.filter(person=cast.people["priya"]).update(team=team)
    held(cast, date(2026, 10, 1), date(2026, 11, 1))
    held(cast, date(2026, 11, 1), date(2026, 12, 1), child="Kai")
    marcia = signed_in("marcia")
    shown = text(marcia.get("/oversight/supervision"))
    assert '<th scope="row">North</th>' in shown and '<th scope="row">No team recorded</th>' in shown
    opened = text(marcia.get("/oversight/supervision?team=North&what=late"))
    assert "Maya" in opened and "Kai" not in opened and "Supervision due 1 November 2026" in opened
    assert AuditEntry.objects.latest("pk").children == {"oversight": [cast.children["Maya"].pk]}
    never = text(marcia.get("/oversight/supervision?what=none"))
    assert "Theo" in never and "Ruby" in never and "Maya" not in never


def test_four_quarters_tell_what_was_in_time_and_how_good_it_was(cast: Cast, signed_in) -> None:
    first = held(cast, date(2026, 7, 1), date(2026, 7, 29))
    held(cast, date(2026, 7, 28), date(2026, 8, 25))  # in time
    held(cast, date(2026, 9, 1), None)  # a week late
    held(cast, date(2026, 7, 6), date(2026, 8, 3), child="Theo")  # and no other since
    grade_supervision(first, "Inadequate", "Too short", on=TODAY, by=cast.people["marcia"], now=NOW)
    shown = text(signed_in("marcia").get("/oversight/supervision"))
    line = shown[shown.index("July to September 2026") :]
    cells = [cell.split("<")[0] for cell in line.split('<td class="hw-number">')[1:10]]
    assert cells == ["1", "1", "1", "33%", "0", "0", "0", "1", "3"]
    assert "October to December 2025" in shown and "October to December 2026" not in shown


def test_only_oversight_sees_the_lists_by_team(cast: Cast, signed_in) -> None:
    assert signed_in("priya").get("/oversight/supervision").status_code == 404
    held(cast, date(2026, 10, 1), date(2026, 11, 1), child="Ruby", says="Ruby waits")
    helen = signed_in("helen")
    cast.authority.pack = "croydon"
    cast.authority.save()
    assert helen.get("/oversight/supervision").status_code == 200


def test_a_director_and_an_assistant_manager_record_supervision_and_an_administrator_does_not(
    cast: Cast, signed_in
) -> None:
    assert as_role(signed_in, cast, "director", "Dora Lake").get(f"{page(cast)}/add").status_code == 200
    assert as_role(signed_in, cast, "iro", "Ivo Lane").get(f"{page(cast)}/add").status_code == 404
    assert as_role(signed_in, cast, "panel_adviser", "Ada Lee").get(f"{page(cast)}/add").status_code == 404
