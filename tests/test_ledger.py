"""Every promise of the five strategies is accounted for, and what keeps it exists."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from tests.authz.routes import routes

from homeward.domain.ledger import CAPABILITIES, LedgerError, load, read
from homeward.domain.packs import PackError, pack
from homeward.domain.packs import read as read_pack
from homeward.domain.policy import COUNCILS, PACKS
from homeward.domain.policy import load as load_rules

ROOT = Path(__file__).parents[1]
HOW_MANY = {"CRO": 200, "SLO": 157, "MER": 117, "DUD": 113, "LAM": 67}
PROMISES = load()


def test_all_654_promises_are_there_once_and_their_states_are_counted():
    ids = [promise.id for promise in PROMISES]
    expected = [
        f"{council}-{number:03}" for council, count in HOW_MANY.items() for number in range(1, count + 1)
    ]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(expected), sorted(set(expected) ^ set(ids))
    assert len(ids) == 654
    print(dict(Counter(promise.state for promise in PROMISES)))


def test_every_dated_promise_of_a_pack_is_kept_by_its_rule():
    state = {promise.id: promise for promise in PROMISES}
    for rule in load_rules(COUNCILS).rules:
        for promise in rule.promises:
            assert state[promise].state == "rule", promise
            assert rule.key in state[promise].where, promise


def test_every_rule_named_exists():
    keys = {rule.key for rule in load_rules(PACKS).rules}
    for promise in PROMISES:
        if promise.state == "rule":
            assert keys.issuperset(promise.where), promise


def test_every_setting_and_guidance_text_named_is_in_the_councils_pack():
    for promise in PROMISES:
        own = pack(promise.council)
        slugs = {text["slug"] for text in own.guidance}
        for where in promise.where if promise.state in ("setting", "guidance") else ():
            kind, _, key = where.partition(".")
            assert key in (own.settings if kind == "settings" else slugs), promise


def test_every_screen_named_has_a_route_and_a_test():
    addresses = routes()
    for promise in PROMISES:
        if promise.state == "screen":
            route, test = promise.where
            assert route in addresses, promise
            file, _, name = test.partition("::")
            assert re.search(rf"def {name}\(", (ROOT / file).read_text("utf-8")), promise


def test_every_planned_promise_names_a_capability_and_says_what_it_will_do():
    for promise in PROMISES:
        if promise.state == "planned":
            assert promise.where[0] in CAPABILITIES and promise.why, promise


def test_every_council_has_its_own_words_meetings_and_options():
    for council in COUNCILS:
        own = pack(council)
        assert own.words["core_meeting"] and own.words["oversight_meeting"]
        assert own.options and own.guidance and own.settings


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[promise]]\nid = "DUD-001"\ntext = "A"\nstate = "done"', "DUD-001: state is one of"),
        ('[[promise]]\nid = "DUD-001"\ntext = "A"\nstate = "planned"', "DUD-001: say where it is kept"),
        ('[[promise]]\nid = "DUD-001"\ntxt = "A"', "txt is not known here"),
        ("[[promise]", "not well-formed"),
    ],
)
def test_a_mistake_in_the_ledger_is_refused_with_file_and_promise(text, says):
    with pytest.raises(LedgerError) as refused:
        read("dudley.toml", text)
    assert "dudley.toml" in str(refused.value) and says in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (
            '[[meetings]]\nname = "x"',
            "line 4, the file: meetings is not known here; write approval, duty, gate, guidance",
        ),
        ('owners = "x"', "line 4, [pack]: owners is not known here; write name, owner"),
        ('[words]\nreviw = "x"', "line 5, [words]: reviw is not known here; write child, core_meeting"),
        ('[settings.a]\nvalue = 1\nsay = "x"', "line 6, [settings.a]: say is not known here"),
        ('[[approval]]\nwhat = "a"\nrole = "mayor"', 'line 6, [[approval]] a: role "mayor" is not known'),
        ('[[option]]\nroute = "hotel"', 'line 5, [[option]] 1: route "hotel" is not known'),
        (
            '[[option]]\nroute = "adoption"\npromises = ["SLO-001"]',
            "line 6, [[option]] 1: promise SLO-001 belongs to slough, not to merton",
        ),
        ("[[option", "is not well-formed TOML"),
    ],
)
def test_a_mistake_in_a_councils_words_is_refused_with_file_line_and_key(lines, says):
    head = '[pack]\nname = "merton"\ntitle = "Mine"\n'
    with pytest.raises(PackError) as refused:
        read_pack("merton.words.toml", head + lines)
    assert "merton.words.toml" in str(refused.value) and says in str(refused.value)
