"""Every request: one entry in the audit, one effect for one form, nothing shown that was not written down."""

from __future__ import annotations

import secrets

import pytest
from django.db import connection
from django.urls import reverse
from tests.cast import NOW, Cast

from homeward.records import access
from homeward.records.models import AuditEntry, Exclusion, Notice, SavedView, SearchText

KEY = "a" * 24


def test_every_answer_leaves_one_entry_and_a_refusal_says_so(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    ruby, maya = cast.children["Ruby"], cast.children["Maya"]
    for address, action, children in (
        (f"/child/{maya.public_id}", "see", {"allocated": [maya.pk]}),
        (f"/child/{ruby.public_id}", "refuse", {"refused": [ruby.pk]}),
        ("/child/nobodyhere12", "refuse", {}),
        ("/import", "refuse", {}),
        ("/nowhere", "refuse", {}),
    ):
        before = AuditEntry.objects.count()
        priya.get(address)
        assert AuditEntry.objects.count() == before + 1, address
        entry = AuditEntry.objects.latest("pk")
        assert (entry.action, entry.children) == (action, children), address
        assert (entry.person, entry.role) == (cast.people["priya"], "social_worker")


def test_a_child_out_of_reach_and_a_child_who_is_not_there_get_the_same_answer(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    refused = priya.get(f"/child/{cast.children['Ruby'].public_id}")
    missing = priya.get("/child/nobodyhere12")
    assert refused.status_code == missing.status_code == 404
    assert refused.content == missing.content
    assert dict(refused.headers) == dict(missing.headers)


def test_a_page_whose_entry_cannot_be_written_is_not_shown(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE records_auditentry RENAME TO records_elsewhere")
    try:
        answer = amina.get("/tracker")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE records_elsewhere RENAME TO records_auditentry")
    assert answer.status_code == 503
    assert "Maya" not in answer.content.decode()
    assert "Nothing was half saved" in answer.content.decode()


def test_the_same_form_sent_twice_has_one_effect_and_the_same_answer(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    form = {"name": "Late ones", "query": "state=late", "once": KEY}
    first = amina.post("/tracker/views", form)
    second = amina.post("/tracker/views", form)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert SavedView.objects.count() == 1


def test_a_key_used_for_something_else_is_refused(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    amina.post("/tracker/views", {"name": "One", "query": "", "once": KEY})
    answer = amina.post("/tracker/views", {"name": "Two", "query": "", "once": KEY})
    assert answer.status_code == 422
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_form_without_a_key_is_refused(cast: Cast, signed_in, key: str) -> None:
    answer = signed_in("amina").post("/tracker/views", {"name": "One", "query": "", "once": key})
    assert answer.status_code == 400
    assert "opened in an older window" in answer.content.decode()
    assert not SavedView.objects.exists()


def test_a_form_that_had_no_effect_may_be_sent_again_with_its_key(cast: Cast, signed_in) -> None:
    amina = signed_in("amina")
    assert amina.post("/import", {"once": KEY}).status_code == 400
    assert amina.post("/import", {"once": KEY}).status_code == 400


def test_a_key_is_a_persons_own(cast: Cast, signed_in) -> None:
    for who in ("amina", "marcia"):
        signed_in(who).post("/tracker/views", {"name": "Mine", "query": "", "once": KEY})
    assert SavedView.objects.count() == 2


def test_what_is_searched_for_stands_in_no_address_and_is_sealed(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    answer = priya.post("/children", {"q": "Maya"}, follow=True)
    assert "Maya" in answer.content.decode() and "Theo" not in answer.content.decode()
    assert answer.redirect_chain == [("/children?found=1", 302)]
    assert b"Maya" not in bytes(SearchText.objects.get().sealed)


def test_a_search_does_not_find_a_child_out_of_reach(cast: Cast, signed_in) -> None:
    answer = signed_in("priya").post("/children", {"q": "Ruby"}, follow=True)
    assert "No child you may see" in answer.content.decode()


def test_sixty_searches_a_minute_are_enough(cast: Cast, signed_in, settings) -> None:
    priya = signed_in("priya")
    for _ in range(60):
        assert priya.post("/children", {"q": "M"}).status_code == 302
    answer = priya.post("/children", {"q": "M"})
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
    later = NOW.replace(minute=NOW.minute + 2)
    settings.NOW = lambda: later
    assert priya.post("/children", {"q": "M"}).status_code == 302


def test_nobody_opens_a_whole_councils_children_within_an_hour(cast: Cast, signed_in, monkeypatch) -> None:
    from homeward.records.operations import limits

    monkeypatch.setattr(limits, "CHILDREN_AN_HOUR", 2)
    amina = signed_in("amina")
    for name in ("Maya", "Theo", "Maya"):
        assert amina.get(f"/child/{cast.children[name].public_id}").status_code == 200
    answer = amina.get(f"/child/{cast.children['Kai'].public_id}")
    assert answer.status_code == 429 and "Kai" not in answer.content.decode()


def test_an_excluded_person_who_asks_is_told_nothing_and_the_head_of_service_hears(cast, signed_in) -> None:
    maya = cast.children["Maya"]
    Exclusion.objects.create(
        child=maya, person=cast.people["priya"], reason="An aunt", made_by=cast.people["helen"], made_at=NOW
    )
    priya = signed_in("priya")
    assert priya.get(f"/child/{maya.public_id}").content == priya.get("/child/nobodyhere12").content
    notice = Notice.objects.get(role="head_of_service")
    assert (notice.kind, notice.child) == ("excluded_tried", maya)
    marcia = signed_in("marcia")
    assert "asked for it. It was not shown" in marcia.get("/").content.decode()
    marcia.post(reverse("notice_seen", args=[notice.pk]))
    assert "asked for it" not in marcia.get("/").content.decode()
    assert priya.post(reverse("notice_seen", args=[notice.pk])).status_code == 404


def test_the_role_a_person_acts_in_is_chosen_shown_and_written_down(cast: Cast, signed_in) -> None:
    from homeward.records.models import Role

    Role.objects.create(person=cast.people["priya"], authority=cast.authority, key="system_manager")
    priya = signed_in("priya")
    assert "Social worker" in priya.get("/").content.decode()
    other = access.places_of(cast.people["priya"])[1]
    assert priya.post("/role", {"place": other.key}).status_code == 302
    assert "System manager" in priya.get("/").content.decode()
    assert AuditEntry.objects.latest("pk").role == "system_manager"
    assert priya.get(f"/child/{cast.children['Maya'].public_id}").status_code == 404
    assert priya.post("/role", {"place": "999:1"}).status_code == 404


def test_every_form_on_a_page_carries_its_key(cast: Cast, signed_in) -> None:
    from pathlib import Path

    web = Path(__file__).parents[2] / "src" / "homeward" / "web"
    for file in web.rglob("*.html"):
        if file.parent.name == "sign_in":
            continue
        for form in file.read_text("utf-8").split("<form")[1:]:
            if 'method="post"' in form.split(">")[0] and "sign_out" not in form.split(">")[0]:
                assert "{% csrf_token %}{% once %}" in form, file.name
    assert secrets.token_urlsafe(18)
