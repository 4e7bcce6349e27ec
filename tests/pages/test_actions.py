"""Actions: who does what by when, what came of it, and that nothing is lost when somebody leaves."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
from tests.cast import NOW, TODAY, Cast

from homeward.records.models import Action, AuditEntry, Exclusion, Person, Role
from homeward.records.operations.actions import agree_action, close_action
from homeward.records.operations.facts import AlreadyReplaced


def page(cast: Cast, child: str = "Maya") -> str:
    return f"/child/{cast.children[child].public_id}/actions"


def text(answer) -> str:
    return answer.content.decode()


def agreed(cast: Cast, what: str = "Ask the aunt about school", child: str = "Maya", **more) -> Action:
    said = {"owner": cast.people["priya"], "by_on": date(2026, 12, 4), "on": date(2026, 11, 9)} | more
    return agree_action(cast.children[child], what, **said, by=cast.people["helen"], now=NOW)


def asked(cast: Cast, **more: str) -> dict[str, str]:
    return {
        "what": "Visit the aunt’s home",
        "owner": str(cast.people["priya"].pk),
        "owner_name": "",
        "by_on": "2026-12-01",
        "agreed_on": "2026-11-25",
    } | more


def test_an_action_is_agreed_by_hand_with_who_does_it_by_when(cast: Cast, signed_in) -> None:
    helen = signed_in("helen")
    assert "No action is open for Maya" in text(helen.get(page(cast)))
    answer = helen.post(f"{page(cast)}/add", asked(cast))
    assert answer["Location"] == page(cast)
    made = Action.current.get()
    assert (made.owner, made.by_on, made.recorded_by) == (
        cast.people["priya"],
        date(2026, 12, 1),
        cast.people["helen"],
    )
    assert AuditEntry.objects.latest("pk").about == {"fact": str(made.uid)}
    shown = text(helen.get(page(cast)))
    assert "Visit the aunt’s home" in shown and "Priya Shah" in shown and "Due in 6 days" in shown
    assert "Visit the aunt’s home" in text(helen.get(page(cast).removesuffix("/actions")))  # Summary


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"what": " "}, "Enter what is to be done"),
        ({"owner": ""}, "Choose who does it, or name them in words"),
        ({"owner": "99999"}, "Choose a person from the list"),
        ({"owner_name": "Her aunt"}, "Name one person only"),
        ({"by_on": "2026-11-01"}, "The day by which it is done must not be before it was agreed"),
        ({"agreed_on": "2026-11-26"}, "This day is still to come"),
        ({"agreed_on": ""}, "Enter the day on which it was agreed"),
    ],
)
def test_what_is_wrong_with_an_action_is_said_and_nothing_is_kept(cast: Cast, signed_in, wrong, said) -> None:
    answer = signed_in("helen").post(f"{page(cast)}/add", asked(cast) | wrong)
    assert answer.status_code == 400
    assert said in text(answer)
    assert not Action.objects.exists()


def test_nobody_is_given_an_action_for_a_child_whom_they_do_not_see(cast: Cast, signed_in) -> None:
    sam = Person.objects.create(email="sam@northmere.example", name="Sam Cole")
    Role.objects.create(person=sam, authority=cast.authority, key="social_worker")
    answer = signed_in("helen").post(f"{page(cast)}/add", asked(cast, owner=str(sam.pk)))
    assert "Sam Cole does not see this child’s record" in text(answer)
    assert not Action.objects.exists()


def test_an_action_is_closed_with_what_came_of_it_and_stays_readable(cast: Cast, signed_in) -> None:
    fact = agreed(cast, by_on=date(2026, 11, 20))
    priya = signed_in("priya")
    assert "Overdue by 5 days" in text(priya.get(page(cast)))
    close = f"{page(cast)}/{fact.uid}/close"
    wrong = priya.post(close, {"state": "done", "on": "2026-11-25", "outcome": ""})
    assert wrong.status_code == 400 and "Enter what came of it" in text(wrong)
    sent = {"state": "done", "on": "2026-11-24", "outcome": "She keeps her place"}
    assert priya.post(close, sent).status_code == 302
    shown = text(priya.get(page(cast)))
    assert "1 closed action" in shown and "She keeps her place" in shown and "Done 4 days late" in shown
    assert priya.get(close).status_code == 200  # who still has the old page open is shown both versions
    now = Action.current.get()
    assert priya.get(f"{page(cast)}/{now.uid}/close").status_code == 404
    assert priya.post(f"{page(cast)}/{now.uid}/change", {"reason": "x"}).status_code == 404


def test_who_does_it_and_by_when_are_changed_with_a_reason_and_the_old_stays(cast: Cast, signed_in) -> None:
    fact = agreed(cast)
    helen, change = signed_in("helen"), f"{page(cast)}/{fact.uid}/change"
    sent = {"owner": "", "owner_name": "Carol Finch, foster carer", "by_on": "2026-12-18"}
    wrong = helen.post(change, sent | {"reason": ""})
    assert wrong.status_code == 400 and "Say why it is changed" in text(wrong)
    assert helen.post(change, sent | {"reason": "She knows the school"}).status_code == 302
    shown = text(helen.get(page(cast)))
    assert "Carol Finch, foster carer" in shown and "has no account" in shown
    assert "Changed 1 time" in shown and "She knows the school" in shown
    assert "Ask the aunt about school – Priya Shah, by 4 December 2026" in shown


@pytest.mark.parametrize("second", ["change", "close"])
def test_of_two_who_change_an_action_the_second_is_shown_both_versions(
    cast: Cast, signed_in, second: str
) -> None:
    fact = agreed(cast)
    helen, priya = signed_in("helen"), signed_in("priya")
    mine = {"owner": str(cast.people["helen"].pk), "owner_name": "", "by_on": "2026-12-04", "reason": "Leave"}
    assert helen.post(f"{page(cast)}/{fact.uid}/change", mine).status_code == 302
    sent = {
        "change": {"owner": "", "owner_name": "Her aunt", "by_on": "2027-01-08", "reason": "She asked to"},
        "close": {"state": "done", "on": "2026-11-25", "outcome": "Asked and agreed"},
    }[second]
    answer = priya.post(f"{page(cast)}/{fact.uid}/{second}", sent)
    shown = text(answer)
    assert answer.status_code == 409
    assert "Somebody else changed this while you worked" in shown
    assert "Ask the aunt about school – Helen Ward, by 4 December 2026" in shown  # as it stands now
    assert "Ask the aunt about school – Priya Shah, by 4 December 2026" in shown  # what was begun from
    assert ("She asked to" if second == "change" else "Asked and agreed") in shown  # what was typed
    newer = Action.current.get()
    assert newer.owner == cast.people["helen"]
    assert f'action="{page(cast)}/{newer.uid}/{second}"' in shown
    assert priya.post(f"{page(cast)}/{newer.uid}/{second}", sent).status_code == 302


def test_an_action_closed_meanwhile_is_not_changed_any_more(cast: Cast, signed_in) -> None:
    fact = agreed(cast)
    close_action(fact, "done", on=TODAY, outcome="Done by phone", by=cast.people["helen"], now=NOW)
    sent = {"owner": "", "owner_name": "Her aunt", "by_on": "", "reason": "She asked to"}
    answer = signed_in("priya").post(f"{page(cast)}/{fact.uid}/change", sent)
    assert answer.status_code == 409 and "Done by phone" in text(answer)
    assert "Change this action" not in text(answer)
    with pytest.raises(AlreadyReplaced):
        close_action(fact, "done", on=TODAY, outcome="Again", by=cast.people["priya"], now=NOW)


# ---- In a person's reach ----


def test_mine_those_of_my_children_and_what_is_overdue(cast: Cast, signed_in) -> None:
    agreed(cast, "Mine and late", by_on=date(2026, 11, 20))
    agreed(cast, "Mine and due", child="Theo")
    agreed(cast, "The carer’s", child="Kai", owner=None, owner_name="Carol Finch")
    agreed(cast, "Ruby’s", child="Ruby", owner=cast.people["helen"])
    priya, helen = signed_in("priya"), signed_in("helen")
    mine = text(priya.get("/actions"))
    assert "Mine and late" in mine and "Mine and due" in mine and "The carer’s" not in mine
    late = text(priya.get("/actions?state=overdue"))
    assert "Mine and late" in late and "Mine and due" not in late
    hers = text(priya.get("/actions?whose=all"))
    assert "The carer’s" in hers and "Ruby’s" not in hers  # Ruby is with somebody else
    team = text(helen.get("/actions?whose=all&by=owner"))
    assert all(what in team for what in ("Mine and late", "The carer’s", "Ruby’s"))
    heads = [team.index(f"<h2>{name}") for name in ("Carol Finch", "Helen Ward", "Priya Shah")]
    assert heads == sorted(heads)
    grouped = text(helen.get("/actions?whose=all&by=child"))
    assert grouped.index(">Kai</a></h2>") < grouped.index(">Ruby</a></h2>") < grouped.index(">Theo</a></h2>")
    owned = text(helen.get(f"/actions?whose=all&owner=p{cast.people['helen'].pk}"))
    assert "Ruby’s" in owned and "Mine and due" not in owned
    assert AuditEntry.objects.latest("pk").children == {"team": [cast.children["Ruby"].pk]}


def test_no_child_out_of_reach_and_no_excluded_person_is_told_of_an_action(cast: Cast, signed_in) -> None:
    agreed(cast, "About Theo", child="Theo")
    Exclusion.objects.create(
        child=cast.children["Theo"],
        person=cast.people["priya"],
        reason="His aunt",
        made_by=cast.people["helen"],
        made_at=NOW,
    )
    assert "About Theo" not in text(signed_in("priya").get("/actions"))
    assert "About Theo" in text(signed_in("helen").get("/actions?whose=all"))


def test_a_carer_without_an_account_gets_a_printed_list_without_links(cast: Cast, signed_in) -> None:
    agreed(cast, "Keep a memory box", owner=None, owner_name="Carol Finch, foster carer")
    agreed(cast, "Not hers")
    helen = signed_in("helen")
    shown = text(helen.get("/actions?whose=all&by=owner"))
    key = shown.partition("/actions/print?who=n")[2].partition('"')[0]
    assert len(key) == 16 and "Carol" not in key
    answer = helen.get(f"/actions/print?who=n{key}")
    printed = text(answer)
    assert "Keep a memory box" in printed and "Not hers" not in printed and "Maya" in printed
    assert "<a" not in printed.partition("<table")[2].partition("</table>")[0]
    assert AuditEntry.objects.latest("pk").children == {"team": [cast.children["Maya"].pk]}
    word = helen.get(f"/actions/print?who=n{key}&format=docx")
    assert 'filename="actions-2026-11-25.docx"' in word["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(word.streaming_content))) as file:
        document = file.read("word/document.xml").decode()
        assert (
            "Keep a memory box" in document and "Not hers" not in document and "<w:hyperlink" not in document
        )
    for nobody in ("", "?who=n0000000000000000", "?who=p999999", "?who=x"):
        assert helen.get(f"/actions/print{nobody}").status_code == 404
    assert signed_in("lindsay").get(f"/actions/print?who=n{key}").status_code == 404


def test_the_list_is_taken_away_as_a_file_in_which_nothing_is_a_formula(cast: Cast, signed_in) -> None:
    agreed(cast, "=1+1")
    answer = signed_in("helen").get("/actions/export?whose=all")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Child", "Reference", "What", "Who does it"]
    assert rows[1][0] == "Maya" and rows[1][2] == "'=1+1"
    assert "actions-northmere-2026-11-25.csv" in answer["Content-Disposition"]
    assert signed_in("priya").get("/actions/export").status_code == 404


# ---- When somebody leaves ----


def test_the_open_actions_of_a_leaver_go_to_another_in_the_same_step(cast: Cast, signed_in) -> None:
    agreed(cast, "For Maya")
    closed = agreed(cast, "Closed already")
    close_action(closed, "done", on=TODAY, outcome="Done", by=cast.people["priya"], now=NOW)
    lindsay, leaves = signed_in("lindsay"), f"/people/{cast.people['priya'].pk}/leaves"
    assert "1 action stands open in their name" in text(lindsay.get(leaves))
    refused = lindsay.post(leaves, {"on": "2026-11-25"})
    assert refused.status_code == 400 and "Choose who takes over their open actions" in text(refused)
    assert lindsay.post(leaves, {"on": "2026-11-25", "to": str(cast.people["priya"].pk)}).status_code == 400
    assert cast.people["priya"].roles.get().ended_on is None  # nothing happened yet
    assert lindsay.post(leaves, {"on": "2026-11-25", "to": str(cast.people["helen"].pk)}).status_code == 302
    taken = Action.current.get(state=Action.OPEN)
    assert taken.owner == cast.people["helen"] and taken.reason_recorded == "Priya Shah leaves"
    assert AuditEntry.objects.filter(action="write").latest("pk").about["actions"] == [taken.pk]
    assert "For Maya" in text(signed_in("helen").get("/actions"))
    assert "Maya" not in text(lindsay.get(f"/people/{cast.people['priya'].pk}"))


def test_what_the_other_does_not_see_is_shown_to_the_manager_and_never_lost(cast: Cast, signed_in) -> None:
    agreed(cast, "For Maya")
    sam = Person.objects.create(email="sam@northmere.example", name="Sam Cole")
    Role.objects.create(person=sam, authority=cast.authority, key="social_worker")
    lindsay, priya = signed_in("lindsay"), cast.people["priya"].pk
    assert lindsay.post(f"/people/{priya}/leaves", {"on": "2026-11-25", "to": str(sam.pk)}).status_code == 302
    assert Action.current.get().owner == cast.people["priya"]
    assert "1 open action still stands in their name" in text(lindsay.get(f"/people/{priya}"))
    amina = signed_in("amina")
    left = text(amina.get("/actions?whose=left"))
    assert "For Maya" in left and "Works here no longer" in left
    assert "whose owner works here no longer" in text(amina.get("/actions"))


def test_somebody_without_an_open_action_leaves_as_before(cast: Cast, signed_in) -> None:
    leaves = f"/people/{cast.people['priya'].pk}/leaves"
    lindsay = signed_in("lindsay")
    assert "Who takes over" not in text(lindsay.get(leaves))
    assert lindsay.post(leaves, {"on": "2026-11-25"}).status_code == 302


def test_the_lists_ask_as_much_for_one_action_as_for_many(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    agreed(cast)
    helen = signed_in("helen")
    helen.get("/actions?whose=all")
    with django_assert_max_num_queries(60) as few:
        helen.get("/actions?whose=all&by=owner")
    for n in range(12):
        agreed(cast, f"More {n}", child=("Maya", "Theo", "Kai", "Ruby")[n % 4])
    with django_assert_max_num_queries(len(few)):
        helen.get("/actions?whose=all&by=owner")
