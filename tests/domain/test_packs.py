"""A council's meetings are read as its pack writes them, or refused with the file, the line and the mend."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from homeward.domain.events import KINDS
from homeward.domain.meetings import CHAIRS, OTHER_MEETINGS
from homeward.domain.packs import PackError, meeting, meetings, pack, read
from homeward.domain.policy import COUNCILS, PACKS

ROLES = Path(__file__).parents[2] / "src" / "homeward" / "records" / "roles.toml"
# The kinds of meeting that every council has, its own or a default.
EVERYWHERE = {
    "review_held",
    "adoption_review_held",
    "midway_review_held",
    "permanence_meeting_held",
    "permanence_tracked",
    "legal_gateway_held",
    "legal_gateway_review_held",
    "care_planning_meeting_held",
    "stability_meeting_held",
    "disruption_meeting_held",
    "family_network_meeting_held",
    "family_group_conference_held",
}
PANEL = """[pack]
name = "merton"
title = "Mine"
[[meeting]]
key = "panel"
name = "Panel"
kind = "permanence_tracked"
every = "1 month"
scope = "group"
chairs = ["team_manager", "iro"]
chairs_from = 2026-01-01
papers = [{ key = "chronology", words = "the chronology" }]
considers = ["What is new"]
entry = ["under_five"]
exit = ["achieved"]
promises = ["MER-018"]
"""


def test_a_meeting_as_a_council_writes_it_is_read():
    (panel,) = read("mine", PANEL).meetings
    assert (panel.key, panel.kind, panel.scope, panel.pack) == (
        "panel",
        "permanence_tracked",
        "group",
        "merton",
    )
    assert panel.papers[0].words == "the chronology"
    assert panel.chairs_words == "team manager or independent reviewing officer"
    assert panel.headings(first=True) == panel.headings(first=False) == ("What is new",)


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('key = "panel"\n', "", "[[meeting]] Panel: key is missing"),
        ('key = "panel"', 'key = "The Panel"', 'line 5, [[meeting]] Panel: key "The Panel" is not one'),
        ('kind = "perm', 'kind = "parm', 'line 7, [[meeting]] Panel: kind "parmanence_tracked" is not known'),
        (
            '"1 month"',
            '"monthly"',
            'line 8, [[meeting]] Panel: every "monthly" is not a length of time: write',
        ),
        ('"group"', '"grop"', 'line 9, [[meeting]] Panel: scope "grop" is not known; write one of: child, '),
        ('"iro"', '"mayor"', 'line 10, [[meeting]] Panel: chairs "mayor" is not known; write one of: social'),
        ("2026-01-01", '"soon"', "line 11, [[meeting]] Panel: chairs_from is a day; write 2024-10-01"),
        ('words = "the', 'word = "the', "line 12, [[meeting]] Panel: a paper is written { key ="),
        (
            "considers =",
            "considrs =",
            "line 13, [[meeting]] Panel: considrs is not known here; write attends",
        ),
        ('"under_five"', '"under_six"', 'line 14, [[meeting]] Panel: entry "under_six" is not known; write'),
        (
            '"achieved"',
            '"acheived"',
            'line 15, [[meeting]] Panel: exit "acheived" is not known; write one of',
        ),
        (
            "MER-018",
            "SLO-018",
            "line 16, [[meeting]] Panel: promise SLO-018 belongs to slough, not to merton",
        ),
        ("[[meeting]]", '[[meeting]]\nkey = "panel"\nname = "A"\nkind = "review_held"\n[[meeting]]', "twice"),
    ],
)
def test_a_spelling_mistake_in_a_meeting_is_refused_with_file_line_and_mend(wrong, right, says):
    with pytest.raises(PackError) as refused:
        read("mine.toml", PANEL.replace(wrong, right, 1))
    assert "mine.toml" in str(refused.value) and says in str(refused.value)


GATE = (
    PANEL
    + """[[gate]]
key = "panel_papers"
at = "confirm_item"
meeting = "panel"
needs = "papers_there"
limit = "2 weeks"
roles = ["director"]
effect = "stop"
may_override = ["head_of_service"]
says = "Missing: {missing}. Add it."
promises = ["MER-018"]
source = { document = "A strategy", section = "7" }
"""
)


def test_a_gate_as_a_council_writes_it_is_read():
    (gate,) = read("mine", GATE).gates
    assert (gate.key, gate.at, gate.meeting, gate.effect) == (
        "panel_papers",
        "confirm_item",
        "panel",
        "stop",
    )
    assert (gate.document, gate.section, gate.limit.words) == ("A strategy", "7", "2 weeks")


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        (
            'at = "confirm_item"',
            'at = "confirm"',
            'line 19, [[gate]] panel_papers: at "confirm" is not known',
        ),
        (
            'meeting = "panel"',
            'meeting = "panl"',
            'line 20, [[gate]] panel_papers: meeting "panl" is the key',
        ),
        (
            '"papers_there"',
            '"paper_there"',
            'line 21, [[gate]] panel_papers: needs "paper_there" is not known',
        ),
        ('"2 weeks"', '"a fortnight"', 'line 22, [[gate]] panel_papers: limit "a fortnight" is not a length'),
        ('["director"]', '["mayor"]', 'line 23, [[gate]] panel_papers: roles "mayor" is not known; write'),
        (
            '"stop"',
            '"halt"',
            'line 24, [[gate]] panel_papers: effect "halt" is not known; write one of: stop',
        ),
        ('"stop"', '"ask"', "line 25, [[gate]] panel_papers: an ask is answered by anybody"),
        (
            "{missing}",
            "{mising}",
            "line 26, [[gate]] panel_papers: {mising} is not known here; write meeting",
        ),
        ('{ document = "A strategy", ', "{ ", "line 28, [[gate]] panel_papers: a source is written {"),
        (
            'says = "Missing',
            'sais = "Missing',
            "line 26, [[gate]] panel_papers: sais is not known here; write",
        ),
        ('effect = "stop"\n', "", "[[gate]] panel_papers: effect is missing"),
    ],
)
def test_a_spelling_mistake_in_a_gate_is_refused_with_file_line_and_mend(wrong, right, says):
    with pytest.raises(PackError) as refused:
        read("mine.toml", GATE.replace(wrong, right, 1))
    assert "mine.toml" in str(refused.value) and says in str(refused.value)


def test_an_option_asks_for_reasons_that_homeward_knows():
    text = PANEL + '[[option]]\nroute = "residential"\nasks = ["step_down_plan"]\n'
    assert read("mine", text).options[0]["asks"] == ["step_down_plan"]
    with pytest.raises(PackError, match='asks "step_down" is not known'):
        read("mine", text.replace("step_down_plan", "step_down"))


def test_dudley_asks_why_no_order_will_not_do_for_every_route_with_an_order_or_away_from_the_family():
    asks = {option["route"]: option.get("asks", []) for option in pack("dudley").options}
    assert asks.pop("return_home") == asks.pop("family_and_friends") == []
    assert set(map(tuple, asks.values())) == {("no_order_reason", "less_intervention_reason")}


@pytest.mark.parametrize("name", PACKS)
def test_every_policy_has_each_kind_of_meeting_once_by_its_key_and_under_a_name(name):
    series = meetings(name)
    assert {one.kind for one in series} >= EVERYWHERE
    assert len({one.key for one in series}) == len(series)
    for one in series:
        assert one.name and one.considers, one.key
        assert one.promises or one.default or one.source, one.key
        assert one.pack == name or (one.pack == "england" and not one.promises), one.key


def test_a_meeting_of_no_event_is_used_by_a_policy_and_is_no_event():
    used = {one.kind for name in PACKS for one in meetings(name)}
    assert used.issuperset(OTHER_MEETINGS)
    assert not set(OTHER_MEETINGS) & set(KINDS)


def test_those_who_chair_are_roles_that_people_hold():
    assert set(CHAIRS) <= set(tomllib.loads(ROLES.read_text("utf-8")))


def test_each_council_calls_its_planning_meeting_by_its_own_name():
    names = {
        council: [one.name for one in meetings(council) if one.kind == "permanence_meeting_held"]
        for council in COUNCILS
    }
    assert names == {
        "croydon": ["Permanence planning meeting"],
        "dudley": ["Child Permanence Meeting"],
        "lambeth": ["Permanency Planning Meeting"],
        "merton": ["Permanency Planning Meeting"],
        "slough": ["Permanence Planning Meeting"],
    }


def test_mertons_planning_meeting_is_chaired_by_the_team_manager_alone():
    planning = meeting("merton", "permanency_planning_meeting")
    assert planning.may_chair("team_manager", date(2026, 1, 12))
    assert not planning.may_chair("iro", date(2026, 1, 12))
    assert planning.headings(first=True) != planning.headings(first=False)
    assert planning.headings(first=False)[0] == "Actions since the last meeting"


def test_in_lambeth_anyone_chaired_until_the_early_permanency_team_took_over_on_1_october_2024():
    planning = meeting("lambeth", "permanency_planning_meeting")
    assert planning.may_chair("social_worker", date(2024, 9, 30))
    assert not planning.may_chair("social_worker", date(2024, 10, 1))
    assert planning.may_chair("permanence_lead", date(2024, 10, 1))
    assert planning.chairs_words == "Early Permanency Team, managed by the Agency Adviser"


def test_where_the_policy_names_no_chair_any_role_may_chair():
    stability = meeting("lambeth", "stability_meeting")
    assert stability.chairs_words == "" and stability.may_chair("social_worker", date(2026, 10, 19))


def test_a_default_is_marked_as_promised_by_nobody():
    planning = meeting("croydon", "permanence_planning_meeting")
    assert (planning.pack, planning.default, planning.every, planning.promises) == (
        "england",
        True,
        "6 weeks",
        (),
    )
    assert not meeting("merton", "permanency_planning_meeting").default


def test_a_policy_without_a_meeting_of_that_key_has_none():
    assert meeting("croydon", "legal_gateway_panel") is None
