"""Every field that is kept is classified (DATA-01): what it is, what shows it, and how long it is kept."""

from __future__ import annotations

import copy

from django.db import models

from homeward.records import classification
from homeward.records.models import Child, Home
from homeward.records.roles import MASKED

TABLES, KEEPING = classification.read()


def said(tables: dict) -> str:
    return "\n".join(f"{error.id} {error.msg}" for error in classification.check(tables=tables))


def test_every_field_of_every_table_is_classified() -> None:
    assert said(TABLES) == ""


def test_a_field_that_nobody_classified_stops_the_build() -> None:
    field = models.CharField(max_length=80)
    field.contribute_to_class(Child, "favourite_food")
    try:
        assert said(TABLES) == "records.E020 records.Child.favourite_food is not classified"
    finally:
        Child._meta.local_fields.remove(field)
        Child._meta._expire_cache()
        del Child.favourite_food


def test_a_field_that_is_gone_stops_the_build() -> None:
    tables = copy.deepcopy(TABLES)
    tables["records.Child"]["PERSONAL core"].append("nickname")
    tables["records.Toy"] = {"kept": "care_record"}
    assert said(tables).splitlines() == [
        "records.E021 [records.Toy] is no table of the record any more",
        "records.E021 records.Child.nickname is written twice, or is no field any more",
    ]


def test_where_somebody_lives_may_only_be_in_a_masked_field_set() -> None:
    tables = copy.deepcopy(TABLES)
    tables["records.Home"]["CONFIDENTIAL_LOCATION history"] = tables["records.Home"].pop(
        "CONFIDENTIAL_LOCATION location"
    )
    assert said(tables).count("CONFIDENTIAL_LOCATION belongs to a masked field set") == 3


def test_a_class_a_field_set_and_a_time_are_words_that_mean_something() -> None:
    tables = copy.deepcopy(TABLES)
    tables["records.Review"] = {
        "kept": "for ever",
        "SECRET core": ["held_on"],
        "SPECIAL songs": ["participation"],
    }
    text = said(tables)
    assert "no class SECRET" in text
    assert "no field set songs" in text
    assert "records.Review.held_on: `kept` names nothing in [keeping]" in text


def test_what_the_masked_pages_show_is_what_is_masked_here() -> None:
    masked = {(row.table, row.field) for row in classification.held(TABLES) if row.field_set in MASKED}
    for model, names in {Child: ["home_postcode"], Home: ["postcode", "carer_ref"]}.items():
        for name in names:
            assert (model._meta.label, name) in masked


def test_every_time_is_used_and_one_that_the_law_sets_names_its_source() -> None:
    assert {row.kept for row in classification.held(TABLES)} == KEEPING.keys()
    for key in ("care_record", "adoption_record"):
        assert "reg." in KEEPING[key]
