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
