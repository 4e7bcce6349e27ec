"""The daily digest: at most one a day, nothing when empty, nobody's name, and nothing out of reach."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from tests.cast import NOW, TODAY, Cast, assemble

from homeward.config.commands import digest as command
from homeward.config.post import post
from homeward.records.models import (
    Action,
    AuditEntry,
    Authority,
    Child,
    DigestAlert,
    DigestSent,
    Exclusion,
    Person,
    Role,
)
from homeward.records.operations import digests
from homeward.records.operations.actions import close_action
from homeward.records.queries.digest import digest_of, ignored
from homeward.reports.digest import body, line_words


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def agreed(cast: Cast, child: str, by_on: Any = TODAY, owner: str = "priya") -> Action:
    return Action.objects.create(
        child=cast.children[child],
        what="Ring Theo’s school",
        owner=cast.people[owner],
        agreed_on=TODAY - timedelta(days=9),
        by_on=by_on,
        source="person",
        recorded_at=NOW,
    )


def sent(cast: Cast, who: str = "priya", days: int = 0) -> str:
    """What went out to a person on a day; empty when nothing did."""
    letters: list[str] = []
    now = NOW + timedelta(days=days)
    digests.send_to(cast.people[who], now, lambda _, told: letters.append(body(told, "https://h.example")))
    return letters[0] if letters else ""


def lines_of(person: Person) -> list[str]:
    return [line_words(told) for told in digest_of(person, TODAY)]


def only_actions(cast: Cast, who: str = "priya") -> None:
    digests.choose(cast.people[who], off=False, sorts=["actions"])


def test_a_digest_says_numbers_and_a_link_and_nobodys_name(cast: Cast) -> None:
    only_actions(cast)
    agreed(cast, "Theo")
    agreed(cast, "Maya", TODAY - timedelta(days=3))
    letter = sent(cast)
    assert "1 action overdue, 1 action due this week:\nhttps://h.example/digest?authority=northmere" in letter
    names = [*cast.children, *(part for p in cast.people.values() for part in p.name.split()), "school"]
    assert not [name for name in names if name in letter]


def test_a_second_digest_on_the_same_day_is_not_sent(cast: Cast) -> None:
    agreed(cast, "Theo")
    assert sent(cast) and not sent(cast)
    assert sent(cast, days=1)
    assert DigestSent.objects.count() == 2


def test_nothing_is_sent_when_nothing_waits(cast: Cast) -> None:
    only_actions(cast)
    assert not sent(cast)
    assert not DigestSent.objects.exists()


def test_a_person_hears_of_no_child_they_are_kept_from(cast: Cast) -> None:
    only_actions(cast)
    agreed(cast, "Theo")
    Exclusion.objects.create(
        child=cast.children["Theo"],
        person=cast.people["priya"],
        reason="A relative",
        made_by=cast.people["marcia"],
        made_at=NOW,
    )
    assert not sent(cast)


def test_a_person_hears_nothing_of_another_council(cast: Cast) -> None:
    only_actions(cast)
    council = Authority.objects.create(slug="southmere", name="Southmere Council", pack="merton")
    zara = Child.objects.create(authority=council, called="Zara", code="Z1", born_on=TODAY)
    cast.children["Zara"] = zara
    agreed(cast, "Zara")
    assert not sent(cast)
    Role.objects.create(person=cast.people["priya"], authority=council, key="head_of_service")
    agreed(cast, "Theo")
    letter = sent(cast)
    assert "Social worker, Northmere Council:\n1 action due this week" in letter
    assert "Head of service, Southmere Council:\n1 action due this week" in letter


def test_a_date_is_told_to_the_role_that_sees_to_it_and_to_nobody_else(cast: Cast) -> None:
    digests.choose(cast.people["priya"], off=False, sorts=["dates"])
    digests.choose(cast.people["marcia"], off=False, sorts=["dates"])
    officer = Person.objects.create(email="owen@northmere.example", name="Owen Price")
    Role.objects.create(person=officer, authority=cast.authority, key="iro")
    assert lines_of(officer) == ["1 date overdue"]  # Theo's review
    assert not lines_of(cast.people["marcia"])


def test_who_turned_it_off_and_who_chose_sorts_is_told_no_more(cast: Cast) -> None:
    agreed(cast, "Theo")
    digests.choose(cast.people["priya"], off=False, sorts=["minutes"])
    assert not lines_of(cast.people["priya"])
    digests.choose(cast.people["priya"], off=True, sorts=["actions"])
    assert not lines_of(cast.people["priya"])
    only_actions(cast)
    assert lines_of(cast.people["priya"]) == ["1 action due this week"]


@pytest.mark.parametrize("gone", [{"left_on": TODAY}, {"is_active": False}])
def test_who_left_or_was_disabled_is_told_nothing(cast: Cast, gone: dict[str, Any]) -> None:
    agreed(cast, "Theo")
    assert sent(cast)
    Person.objects.filter(pk=cast.people["priya"].pk).update(**gone)
    assert cast.people["priya"].pk not in {person.pk for person in digests.everybody(TODAY)}
    assert not DigestAlert.objects.filter(person=cast.people["priya"]).exists()
    person = Person.objects.get(pk=cast.people["priya"].pk)
    assert not digest_of(person, TODAY)


def test_what_digests_tell_of_again_and_again_is_counted_by_sort(cast: Cast) -> None:
    only_actions(cast)
    action = agreed(cast, "Theo")
    agreed(cast, "Kai")
    for day in range(5):
        assert sent(cast, days=day)
    actions = ignored(cast.authority)[1]
    assert (actions.standing, actions.often, actions.since) == (2, 2, TODAY)
    close_action(action, on=TODAY, state=Action.DONE, outcome="Rung", by=cast.people["priya"], now=NOW)
    sent(cast, days=5)
    actions = ignored(cast.authority)[1]
    assert (actions.standing, actions.often) == (1, 1)


def test_nobody_reads_a_child_from_what_is_counted(cast: Cast) -> None:
    agreed(cast, "Theo")
    sent(cast)
    kept = repr(
        list(DigestAlert.objects.values_list("sort", "key")) + list(DigestSent.objects.values_list("counts"))
    )
    assert "Theo" not in kept and "school" not in kept


def test_the_command_sends_to_each_and_says_how_many(
    cast: Cast, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("homeward.config.database.ready", lambda: None)
    agreed(cast, "Theo")
    assert command.run(None) == 0
    to = [message.to[0] for message in mail.outbox]
    assert "priya@northmere.example" in to and "lindsay@northmere.example" not in to
    letter = next(message for message in mail.outbox if message.to == ["priya@northmere.example"])
    assert letter.subject == "Homeward: what waits for you"
    assert "were sent a digest" in capsys.readouterr().out
    assert AuditEntry.objects.filter(place="homeward digest").count() == 1
    before = len(mail.outbox)
    command.run(None)
    assert len(mail.outbox) == before


def test_a_digest_that_the_mail_server_refuses_goes_out_with_the_next_run(cast: Cast) -> None:
    agreed(cast, "Theo")

    def refused(person: Person, told: Any) -> None:
        raise digests.NotSent

    with pytest.raises(digests.NotSent):
        digests.send_to(cast.people["priya"], NOW, refused)
    assert not DigestSent.objects.exists() and not DigestAlert.objects.exists()
    assert sent(cast)


def test_without_a_mail_server_letters_are_files_in_the_data_folder(tmp_path: Path) -> None:
    assert post("", tmp_path)["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    given = post("smtps://home:a%20word@mail.example", tmp_path)
    assert (given["EMAIL_HOST"], given["EMAIL_PORT"], given["EMAIL_USE_SSL"]) == ("mail.example", 465, True)
    assert given["EMAIL_HOST_PASSWORD"] == "a word"
    assert post("smtp://mail.example", tmp_path)["EMAIL_USE_TLS"]
