"""The plan in plain words: for the child and for the parents, from the same facts, and nothing unsafe."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import NOW, TODAY, Cast

from homeward.domain.events import ROUTES
from homeward.records.models import Meeting, Minute, PermanencePlan, Role
from homeward.records.operations import plans
from homeward.reports.in_words import PlanTold, Told, for_child, for_parents, made_safe
from homeward.reports.paper import Bullets, Heading, Said
from homeward.reports.pdf import missing


def at(cast: Cast, child: str = "Maya") -> str:
    return reverse("child_plan_words", args=[cast.children[child].public_id])


def shown(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def written(cast: Cast, **details: Any) -> None:
    plan = PermanencePlan.current.get(child=cast.children["Maya"], position="main")
    plans.change_plan(plan, details, why="Written with her", by=cast.people["priya"], now=NOW)


def text_of(parts: Any) -> str:
    said = []
    for part in parts:
        if isinstance(part, Bullets):
            said += part.items
        elif isinstance(part, Said):
            said += [part.who, part.words]
        else:
            said.append(part.text)
    return "\n".join(said)


def a_child(**more: Any) -> Told:
    main = PlanTold("special_guardianship", "agreed", date(2026, 8, 6), ("Assessment of the aunt",))
    return Told("Maya", more.pop("years", 4), "U1", main, **more)


def test_it_is_written_to_the_child_and_of_the_child_to_the_parents(cast: Cast, signed_in) -> None:
    priya = signed_in("priya")
    page = shown(priya, at(cast))
    assert "You live with somebody you know, who is your foster carer." in page
    assert "somebody you know well looks after you until you are grown up" in page
    assert "you become part of a new family for ever" in page and "Your social worker is Priya Shah" in page
    page = shown(priya, at(cast) + "?for=parents")
    assert "Where Maya lives now" in page and "You live" not in page
    assert "Special guardianship. The court makes a relative" in page
    assert "Alongside: Adoption." in page and "Return home: not answered yet" in page


def test_what_is_not_known_is_said_plainly(cast: Cast, signed_in) -> None:
    page = shown(signed_in("priya"), at(cast))
    assert "Nobody has written down yet what you think about this plan" in page
    assert "We do not know yet how long it takes" in page
    page = shown(signed_in("helen"), at(cast, "Ruby"))
    assert "There is no plan yet for where you grow up" in page
    assert "There is no other plan yet" in page


def test_a_small_child_and_a_teenager_are_told_in_other_words() -> None:
    small, older = text_of(for_child(a_child(years=4))), text_of(for_child(a_child(years=14)))
    assert "somebody you trust to read with you" in small and "Assessment of the aunt" not in small
    assert "read with you" not in older and "Assessment of the aunt" in older
    assert "you would no longer be in care" in older and "you would no longer be in care" not in small


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_has_its_words_for_child_and_parents(route: str) -> None:
    told = Told("Maya", 9, "U6", PlanTold(route, "proposed"), fallback=PlanTold(route, "confirmed"))
    for parts in (for_child(told), for_parents(told)):
        assert sum(isinstance(part, Heading) for part in parts) >= 5
        assert "{" not in text_of(parts) and "None" not in text_of(parts)


def test_a_child_who_left_is_not_told_where_to_live() -> None:
    told = Told("Maya", 9, "", None, left_care=True)
    assert "You are not in our care any more." in text_of(for_child(told))
    assert "Maya is not in our care any more." in text_of(for_parents(told))


def test_words_with_a_postcode_are_left_out_and_counted() -> None:
    plan = PlanTold("adoption", "agreed", stands_if="She stays at 4 Elm Row, NM1 2AB", switch_rule="No")
    safe, left = made_safe(Told("Maya", 4, "A5", plan, says="I live in NM1 2AB"))
    assert left == 2 and safe.says == "" and safe.main is not None and safe.main.stands_if == ""
    assert safe.main.switch_rule == "No"
    assert "NM1" not in text_of(for_parents(safe)) + text_of(for_child(safe))


def test_neither_address_nor_reason_nor_adopters_stand_in_it(cast: Cast, signed_in) -> None:
    written(
        cast,
        reason="Mrs Quill wants to adopt her",
        stands_if="The aunt is approved",
        waits_for=["Visit to 4 Elm Row, NM1 2AB"],
        switch_rule="If the aunt withdraws",
        switch_on=TODAY + timedelta(days=30),
    )
    for reader in ("child", "parents"):
        page = shown(signed_in("amina"), f"{at(cast)}?for={reader}")
        assert "Quill" not in page and "NM1" not in page and "1 sentence was left out" in page
        assert "25 December 2026" in page
    assert "The aunt is approved" in page and "If the aunt withdraws" in page


def test_the_law_and_the_childs_words_are_for_who_is_shown_them(cast: Cast, signed_in) -> None:
    maya = cast.children["Maya"]
    meeting = Meeting.objects.create(
        authority=maya.authority, series="x", on=TODAY, made_by=cast.people["priya"], made_at=NOW
    )
    Minute.objects.create(
        child=maya,
        meeting=meeting,
        held_on=TODAY,
        series="x",
        child_says="I want to stay with auntie",
        source="person",
        recorded_at=NOW,
    )
    amina = signed_in("amina")
    assert "I want to stay with auntie" in shown(amina, at(cast))
    assert "Parental responsibility now" in shown(amina, at(cast) + "?for=parents")
    assert "stay with auntie" not in shown(amina, at(cast) + "?for=parents")
    Role.objects.filter(person=cast.people["amina"]).update(key="performance_analyst")
    assert "stay with auntie" not in shown(signed_in("amina"), at(cast))
    Role.objects.filter(person=cast.people["amina"]).update(key="panel_adviser")
    Role.objects.filter(person=cast.people["helen"]).update(key="administrator")
    page = shown(signed_in("helen"), at(cast) + "?for=parents")
    assert "Parental responsibility now" not in page


def test_it_is_a_word_file_without_a_name_in_its_name(cast: Cast, signed_in) -> None:
    answer = signed_in("priya").get(at(cast) + "?as=docx")
    assert answer.status_code == 200
    assert 'filename="plan-in-words-2026-11-25.docx"' in answer["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as file:
        text = file.read("word/document.xml").decode()
    assert "The main plan" in text and "Maya" in text


@pytest.mark.skipif(bool(missing()), reason="Pango is not installed")
def test_it_is_a_pdf(cast: Cast, signed_in) -> None:
    answer = signed_in("priya").get(at(cast) + "?for=parents&as=pdf")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_another_reader_or_sort_of_file_is_not_found(cast: Cast, signed_in) -> None:
    for query in ("?for=press", "?as=exe"):
        assert signed_in("priya").get(at(cast) + query).status_code == 404
    assert signed_in("priya").get(at(cast, "Ruby")).status_code == 404
