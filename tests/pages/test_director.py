"""A director’s first page: the whole service, what awaits an answer, and what seniors decided."""

from __future__ import annotations

import re

import pytest
from tests.cast import NOW, Cast

from homeward.records.models import Challenge, Decision, Exclusion, GateAnswer, Person, Role

MADE = {"source": "person", "recorded_at": NOW}


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def director(cast: Cast, signed_in):
    robert = Person.objects.create(email="robert@northmere.example", name="Robert Ainsley")
    Role.objects.create(person=robert, authority=cast.authority, key="director")
    cast.people["robert"] = robert
    return signed_in("robert")


def raised(cast: Cast, child: str, **more) -> Challenge:
    said = {"raised_on": "2026-11-02", "raised_by": "Owen Price", "theme": "delay", "says": "x"}
    said |= {"stage": "formal", "stage_on": "2026-11-02", "addressed_to": "The director"}
    return Challenge.objects.create(child=cast.children[child], **said | more, **MADE)


def decided(cast: Cast, child: str, role: str, on: str, what: str) -> Decision:
    said = {"kind": "home", "decided_on": on, "what": what, "maker": "Somebody", "maker_role": role}
    return Decision.objects.create(child=cast.children[child], basis="y", **said, **MADE)


def block(page: str, title: str) -> str:
    return page.partition(title)[2].partition("</section>")[0]


def test_a_director_sees_the_measures_of_the_whole_service_and_the_way_to_oversight(director) -> None:
    page = text(director.get("/"))
    assert "Is every child moving towards a permanent home?" in page
    for address in ("/oversight", "/board", "/oversight/delay"):
        assert f'href="{address}"' in page


def test_a_director_sees_which_matters_await_an_answer_the_latest_first(cast: Cast, director) -> None:
    raised(cast, "Theo", answer_by="2026-11-20")
    raised(cast, "Maya", answer_by="2026-12-04")
    raised(cast, "Kai", answer_by="2026-11-10", answered_on="2026-11-09")
    raised(cast, "Ruby", settled_on="2026-11-20")
    waiting = block(text(director.get("/")), "Matters raised that await an answer")
    assert re.findall(r">(Theo|Maya|Kai|Ruby)<", waiting) == ["Theo", "Maya"]
    assert "Late by 3 working days" in waiting


def test_a_director_sees_what_seniors_decided_with_the_register_behind_each_number(
    cast: Cast, director
) -> None:
    decided(cast, "Theo", "director", "2026-11-03", "Home with his father is approved")
    decided(cast, "Maya", "head_of_service", "2026-10-05", "Reg 24 approved")
    decided(cast, "Maya", "head_of_service", "2025-11-25", "A year and a day ago")
    decided(cast, "Kai", "social_worker", "2026-11-20", "Not at senior level")
    page = text(director.get("/"))
    log = block(page, "Decided at senior level, the newest first")
    assert "Home with his father is approved" in log and "Reg 24 approved" in log
    assert "Not at senior level" not in log and "A year and a day ago" not in log
    links = re.findall(r'href="(/decisions\?maker_role=[^"]+)"', page)
    assert len(links) == 2
    for link in links:
        listed = text(director.get(link.replace("&amp;", "&")))
        assert "<b>1</b>decision found" in listed, link


def test_a_director_sees_the_rules_gone_past_and_the_stops_overridden(cast: Cast, director) -> None:
    for answer in ("asked", "overridden"):
        GateAnswer.objects.create(
            child=cast.children["Theo"], gate="child_heard", answer=answer, on="2026-11-02", says="x",
            reason="y", by_name="Marcia Bennett", by_role="head_of_service", **MADE
        )  # fmt: skip
    past = block(text(director.get("/")), "Rules gone past in the last year")
    assert "Child heard" in past and "Who, for whom and why" in past


def test_a_child_kept_from_the_director_is_in_neither_list(cast: Cast, director) -> None:
    raised(cast, "Theo")
    decided(cast, "Theo", "director", "2026-11-03", "Home with his father is approved")
    robert = cast.people["robert"]
    Exclusion.objects.create(
        child=cast.children["Theo"], person=robert, reason="Kin", made_by=robert, made_at=NOW
    )
    page = text(director.get("/"))
    assert "Theo" not in page and "Home with his father is approved" not in page


def test_a_head_of_service_keeps_the_page_of_old(cast: Cast, signed_in) -> None:
    assert "Decided at senior level" not in text(signed_in("marcia").get("/"))
