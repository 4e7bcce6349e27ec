"""Who is not shown orders, what children say or how the council watches its work is told nothing of them."""

from __future__ import annotations

from datetime import date

import pytest

from homeward.domain.codes import PLACED_FOR_ADOPTION
from homeward.domain.events import History
from homeward.domain.packs import gates
from homeward.domain.policy import COUNCILS
from homeward.domain.standing import standing
from homeward.records.fields import LEGAL_STAGES, LEGAL_STEPS, VOICE_NEEDS, is_told, shown_standing
from homeward.records.models import Challenge, Decision, Delay, GateAnswer, Grade, Scrutiny, Supervision
from homeward.records.roles import ROLES

RECORD = {"record", "scrutinise", "supervise", "agree_return", "allocate"}
ALL = frozenset({"core", "history", "legal", "voice", "work"})
IN_COURT = standing(History(None, []), date(2026, 11, 25))._replace(
    legal_status="C1", placement=sorted(PLACED_FOR_ADOPTION)[0], in_proceedings=True, stage="in_proceedings"
)
GATES = [gate for council in COUNCILS for gate in gates(council)]


def test_every_role_is_shown_what_it_writes_about() -> None:
    """What a form asks for beyond its action, then, is asked for once more and by nobody missed."""
    for key, role in ROLES.items():
        assert not RECORD & set(role.actions) or ALL.issubset(role.fields), key
        assert not {"meet", "see_children"} & set(role.actions) or "history" in role.fields, key
        assert "work" not in role.fields or "legal" in role.fields, key


def test_where_a_child_stands_names_no_order_to_who_is_not_shown_orders() -> None:
    assert shown_standing(IN_COURT, ALL) == IN_COURT
    told = shown_standing(IN_COURT, ALL - {"legal"})
    assert (told.legal_status, told.stage, told.placement) == ("", "", "Adoptive home")
    assert not (told.in_proceedings or told.in_pre_proceedings or told.gateway_held)


@pytest.mark.parametrize("stage", sorted(LEGAL_STAGES))
def test_no_stage_that_tells_of_court_is_named_and_every_other_is(stage: str) -> None:
    without = ALL - {"legal"}
    assert shown_standing(IN_COURT._replace(stage=stage), without).stage == ""
    assert shown_standing(IN_COURT._replace(stage="matched"), without).stage == "matched"


@pytest.mark.parametrize(
    ("fact", "needs"),
    [
        (Delay(cause="court_listing"), {"legal"}),
        (Delay(cause="legal_advice"), {"legal"}),
        (Delay(cause="assessment"), {"history"}),
        (Decision(kind="legal"), {"legal"}),
        (Decision(kind="plan"), {"history"}),
        (Grade(subject="standards"), {"legal", "work"}),
        (Grade(subject="plan"), {"history", "work"}),
        (Supervision(), {"history", "work"}),
        (Challenge(theme="delay"), {"history", "work"}),
        (Challenge(theme="legal"), {"legal", "work"}),
        (Challenge(theme="delay", addressed_kind="legal"), {"legal", "work"}),
        (Scrutiny(kind="conversation"), {"voice", "work"}),
        (Scrutiny(kind="monitoring"), {"history", "work"}),
    ],
)
def test_the_history_of_a_record_tells_a_fact_to_who_is_shown_all_it_tells_of(fact, needs) -> None:
    model = type(fact).__name__
    assert is_told(model, fact, ALL)
    for one in needs:
        assert not is_told(model, fact, ALL - {one}), one
    assert is_told(model, fact, frozenset(needs))


@pytest.mark.parametrize("gate", [g for g in GATES if g.at in LEGAL_STEPS], ids=lambda g: g.key)
def test_what_was_asked_before_a_step_in_court_is_told_with_orders_alone(gate) -> None:
    assert is_told("GateAnswer", GateAnswer(gate=gate.key), ALL)
    assert not is_told("GateAnswer", GateAnswer(gate=gate.key), ALL - {"legal"})


OF_VOICE = [g for g in GATES if g.needs in VOICE_NEEDS and g.at not in LEGAL_STEPS]


@pytest.mark.parametrize("gate", OF_VOICE, ids=lambda g: g.key)
def test_what_was_asked_of_the_child_s_own_words_is_told_with_them_alone(gate) -> None:
    assert not is_told("GateAnswer", GateAnswer(gate=gate.key), ALL - {"voice"})
