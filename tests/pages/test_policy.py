"""The policy in words, and how it is kept."""

from __future__ import annotations

from tests.cast import Cast


def test_every_rule_is_said_in_words_with_its_source(cast: Cast, signed_in) -> None:
    from homeward.domain.policy import load, sentence

    page = signed_in("priya").get("/policy/rules?pack=merton").content.decode()
    for rule in load(["merton"]).rules:
        assert f'id="{rule.key}"' in page
        assert rule.promises[0] in page
    assert sentence(load(["merton"]).rules[0])[:30] in page


def test_settings_and_texts_of_the_policy_are_shown_and_the_promises_lead_to_them(
    cast: Cast, signed_in
) -> None:
    from homeward.domain.packs import pack
    from homeward.records.queries.policy_page import promises

    amina = signed_in("amina")
    page = amina.get("/policy/words").content.decode()
    own = pack("merton")
    for anchor in (*own.settings, *(text["slug"] for text in own.guidance)):
        assert f'id="{anchor}"' in page
    for meeting in own.meetings:
        assert meeting.name in page
    assert page.count("Stops: ") == sum(gate.effect == "stop" for gate in own.gates)
    assert page.count("Asks: ") == sum(gate.effect == "ask" for gate in own.gates)
    assert "Before: complete the child&#x27;s permanence report" in page
    ledger = amina.get("/policy/promises").content.decode()
    for promise in promises("merton"):
        for where in promise.where if promise.state in ("setting", "guidance") else ():
            assert f"/policy/words?council=merton#{where.partition('.')[2]}" in ledger


def test_another_councils_words_can_be_read_beside_ones_own(cast: Cast, signed_in) -> None:
    page = signed_in("amina").get("/policy/words?council=slough").content.decode()
    assert "Permanence Monitoring Group" in page and "cared for child" in page


def test_every_promise_is_shown_with_where_it_is_kept(cast: Cast, signed_in) -> None:
    from homeward.records.queries.policy_page import promises

    page = signed_in("amina").get("/policy/promises").content.decode()
    listed = promises("merton")
    assert len(listed) > 100
    for promise in listed:
        assert promise.id in page
        assert promise.where or promise.why
    assert "on time</a>" in page
    assert "/tracker?rule=" in page
