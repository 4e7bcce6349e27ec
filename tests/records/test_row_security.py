"""PostgreSQL shows nobody a row that is not theirs, even where a page has forgotten to ask who it is for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model, UniqueConstraint
from tests.cast import NOW, TODAY, Cast, share, with_agency

from homeward.records import row_security
from homeward.records.access import Actor, acting
from homeward.records.models import (
    FACTS,
    Authority,
    Child,
    ChildIdentifier,
    Draft,
    Exclusion,
    ImportedRow,
    KeptDeadline,
    KeptStanding,
    Load,
    Meeting,
    Notice,
    Person,
    RegionalAgency,
    Restriction,
    Role,
    Share,
    Visit,
)

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="row-level security is PostgreSQL's"
)
TABLES = sorted(row_security.protected())


@pytest.fixture
def other(cast: Cast) -> Authority:
    """Another council with one child, Zara, of whom every protected table holds something or could."""
    council = Authority.objects.create(slug="southmere", name="Southmere Council", pack="merton")
    zara = Child.objects.create(authority=council, called="Zara", code="Z1", born_on=TODAY)
    ChildIdentifier.objects.create(authority=council, child=zara, scheme="903", value="Z1")
    load = Load.objects.create(authority=council, made_at=NOW, state="applied")
    ImportedRow.objects.create(
        authority=council, source="903", table="Header", child="Z1", cells="{}", number=1, load=load
    )
    Visit.objects.create(child=zara, on=TODAY, source="person", recorded_at=NOW)
    Notice.objects.create(authority=council, child=zara, kind="excluded_tried", at=NOW)
    return council


@pytest.fixture
def nobody() -> Iterator[None]:
    """As a process that serves pages, outside a request."""
    _scope("")
    yield
    _scope("command")


def _scope(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('homeward.scope', %s, false)", [name])


def _rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def _councils_seen() -> set[str]:
    return set(Child.objects.values_list("authority__slug", flat=True))


def _names() -> set[str]:
    return set(Child.objects.values_list("called", flat=True))


def _as(person: Person) -> Any:
    return row_security.acting(acting(person))


# ---- What is locked ----


def test_every_table_that_points_at_a_child_is_locked_for_its_owner_too(db: None) -> None:
    assert row_security.missing() == []
    wanted: set[type[Model]] = {Child, ChildIdentifier, ImportedRow, Load, Meeting, Draft}
    for model in apps.get_models(include_auto_created=True):
        related = {field.related_model for field in model._meta.concrete_fields}
        if related & {Child, Restriction}:
            wanted.add(model)
    assert wanted | set(FACTS.values()) == {
        model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in TABLES
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity "
            "AND pg_get_userbyid(relowner) = current_user",
            [TABLES],
        )
        assert sorted(name for (name,) in cursor.fetchall()) == TABLES


def test_the_tests_connect_as_an_ordinary_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_a_missing_altered_or_added_policy_is_found_and_mended(db: None) -> None:
    for harm in (
        "DROP POLICY own_council ON records_visit",
        "DROP POLICY own_reach ON records_child",
        "CREATE POLICY everybody ON records_child USING (true)",
        "ALTER TABLE records_share NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE records_load DISABLE ROW LEVEL SECURITY",
        "COMMENT ON POLICY own_council ON records_review IS 'of an earlier version'",
    ):
        with connection.cursor() as cursor:
            cursor.execute(harm)
        assert len(row_security.missing()) == 1, harm
        assert row_security.check(["default"])[0].id == "records.E002"
        row_security.write()
        assert row_security.missing() == [], harm


# ---- Nobody acts ----


def test_without_somebody_who_acts_no_table_shows_a_row(other: Authority, nobody: None) -> None:
    assert {table: _rows(table) for table in TABLES if _rows(table)} == {}


def test_without_somebody_who_acts_nothing_can_be_written(other: Authority, nobody: None) -> None:
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Child.objects.create(authority=other, called="Nobody’s")
    assert Child.objects.update(called="Changed") == 0
    assert Child.objects.all()._raw_delete("default") == 0


@pytest.mark.django_db(transaction=True)
def test_after_the_transaction_the_same_connection_shows_nothing() -> None:
    from homeward.records import triggers

    council = Authority.objects.create(slug="eastmere", name="Eastmere Council", pack="merton")
    Child.objects.create(authority=council, called="Ada")
    person = Person.objects.create(email="one@eastmere.example", name="One")
    Role.objects.create(person=person, authority=council, key="permanence_lead")
    _scope("")
    try:
        for ends_well in (True, False):
            with transaction.atomic(), _as(person):
                assert _names() == {"Ada"}
                transaction.set_rollback(not ends_well)
            assert _names() == set()
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('homeward.authority', true)")
                assert cursor.fetchone() == ("",)
    finally:
        _scope("command")
        triggers.drop()  # the tables are emptied after this test, which the triggers would refuse


# ---- Somebody acts ----


def test_a_person_is_shown_the_children_of_the_council_they_act_in_and_no_others(
    cast: Cast, other: Authority
) -> None:
    with _as(cast.people["amina"]):
        assert _names() == {"Maya", "Theo", "Kai", "Ruby"}
        assert _councils_seen() == {"northmere"}
        for model in (ChildIdentifier, ImportedRow, Load, Notice):
            assert not model.objects.filter(authority=other).exists(), model
        assert not Visit.objects.filter(child__authority=other).exists()
        assert Visit.objects.count() == 4
    assert "Zara" in _names()


def test_meetings_are_the_council_s_own_and_never_the_agency_s(cast: Cast, other: Authority) -> None:
    for council in (cast.authority, other):
        series, by = "permanency_tracking_meeting", cast.people["amina"]
        Meeting.objects.create(authority=council, series=series, on=TODAY, made_by=by, made_at=NOW)
    with _as(cast.people["amina"]):
        assert {meeting.authority for meeting in Meeting.objects.all()} == {cast.authority}
    with_agency(cast)
    share(cast, "core", "history", "legal")
    with _as(cast.people["teresa"]):
        assert _names() == {"Theo"}
        assert not Meeting.objects.exists()


def test_a_person_without_a_role_is_shown_nothing(cast: Cast, other: Authority) -> None:
    with row_security.acting(Actor(cast.people["amina"])):
        assert {table: _rows(table) for table in TABLES if _rows(table)} == {}


def test_a_row_is_not_put_into_nor_moved_to_another_council(cast: Cast, other: Authority) -> None:
    zara = Child.objects.get(called="Zara")
    maya = cast.children["Maya"]
    code = ChildIdentifier.objects.get(child=maya)
    with _as(cast.people["amina"]):
        for refused in (
            lambda: Child.objects.create(authority=other, called="Put"),
            lambda: Child.objects.filter(pk=maya.pk).update(authority=other),
            lambda: ChildIdentifier.objects.filter(pk=code.pk).update(authority=other),
            lambda: ChildIdentifier.objects.filter(pk=code.pk).update(child=zara),
            lambda: Visit.objects.create(child=zara, on=TODAY, source="person", recorded_at=NOW),
            lambda: Draft.objects.create(
                person=cast.people["helen"], form="x", sealed=b"", saved_at=NOW, child=None
            ),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                refused()
        assert Child.objects.filter(pk=zara.pk).update(called="Changed") == 0
    assert Child.objects.get(pk=zara.pk).called == "Zara"


def _exclude(cast: Cast, name: str, person: str) -> None:
    Exclusion.objects.create(
        child=cast.children[name],
        person=cast.people[person],
        reason="An aunt",
        made_by=cast.people["helen"],
        made_at=NOW,
    )


def _seal(cast: Cast, name: str, level: int = Restriction.SEALED) -> None:
    Restriction.objects.create(child=cast.children[name], level=level, reason="Adopted", made_at=NOW)


def test_a_child_whom_the_person_is_excluded_from_is_in_no_table(cast: Cast) -> None:
    _exclude(cast, "Maya", "priya")
    maya = cast.children["Maya"]
    with _as(cast.people["priya"]):
        assert _names() == {"Theo", "Kai", "Ruby"}
        assert not ImportedRow.objects.filter(child="N1").exists()
        assert not ChildIdentifier.objects.filter(value="N1").exists()
        for model in (*FACTS.values(), KeptDeadline, KeptStanding, Exclusion):
            assert not model.objects.filter(child=maya.pk).exists(), model
    with _as(cast.people["amina"]):
        assert "Maya" in _names()
        assert ImportedRow.objects.filter(child="N1").exists()


def test_a_lifted_exclusion_excludes_nobody(cast: Cast) -> None:
    _exclude(cast, "Maya", "priya")
    Exclusion.objects.update(
        lift_asked_by=cast.people["helen"], lifted_by=cast.people["marcia"], lifted_at=NOW
    )
    with _as(cast.people["priya"]):
        assert "Maya" in _names()


def test_a_sealed_child_is_in_no_table_for_anybody_and_a_restricted_one_is(cast: Cast) -> None:
    _seal(cast, "Maya")
    _seal(cast, "Theo", Restriction.RESTRICTED)
    for who in ("priya", "amina", "marcia"):
        with _as(cast.people[who]):
            assert _names() == {"Theo", "Kai", "Ruby"}
            assert not Restriction.objects.filter(level=Restriction.SEALED).exists()
            assert not ImportedRow.objects.filter(child="N1").exists()


def test_the_agency_is_shown_shared_children_while_the_share_lasts_and_no_file(cast: Cast) -> None:
    agency = RegionalAgency.objects.create(name="Coastal Adoption")
    person = Person.objects.create(email="finder@coastal.example", name="Femi Ade")
    role = Role.objects.create(person=person, agency=agency, key="family_finder_raa")
    for name, until in (("Theo", NOW + timedelta(days=1)), ("Maya", NOW)):
        Share.objects.create(
            child=cast.children[name],
            agency=agency,
            purpose="Family finding",
            made_by=cast.people["amina"],
            made_at=NOW - timedelta(days=9),
            until=until,
        )
    with row_security.acting(Actor(person, role, cast.authority)):
        assert _names() == {"Theo"}
        assert set(Visit.objects.values_list("child__called", flat=True)) == {"Theo"}
        assert not Load.objects.exists() and not ImportedRow.objects.exists()
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Child.objects.create(authority=cast.authority, called="Put")


def test_the_whole_of_a_council_is_open_for_a_few_lines_and_closed_after_them(
    cast: Cast, other: Authority
) -> None:
    _seal(cast, "Maya")
    with _as(cast.people["amina"]):
        with row_security.whole(cast.authority):
            assert _names() == {"Maya", "Theo", "Kai", "Ruby"}
        with row_security.whole():
            assert "Zara" in _names()
        with pytest.raises(DatabaseError), row_security.whole():
            Child.objects.create(authority_id=None)
        assert _names() == {"Theo", "Kai", "Ruby"}


def test_few_lines_look_past_the_lock_and_they_are_these() -> None:
    from pathlib import Path

    source = Path(row_security.__file__).parents[1]
    found = {
        f"{file.relative_to(source)}"
        for file in source.rglob("*.py")
        if "row_security.whole(" in file.read_text("utf-8") and file.name != "row_security.py"
    }
    assert found == LOOK_PAST


# Each finds ids only, or what is kept for a whole council, or compares files with all that is held, or
# reviews an emergency whose record was sealed since, or ends and counts all the work of who leaves, or asks
# whether a meeting is about anybody, or parts from a signed meeting with what its signer was not shown.
LOOK_PAST = {
    "records/access.py",
    "records/operations/break_glass.py",
    "records/operations/loads.py",
    "records/operations/notices.py",
    "records/operations/people.py",
    "records/operations/signing.py",
    "records/queries/child_page.py",
    "records/queries/emergency_page.py",
    "records/queries/imports_page.py",
    "records/queries/kinds.py",
    "records/queries/meetings_page.py",
    "records/queries/people_page.py",
}


# ---- Ways around ----


def test_no_unique_index_tells_what_another_council_holds(cast: Cast, other: Authority) -> None:
    """A natural key is unique within a council; what is unique everywhere is drawn at random."""
    drawn = {"public_id", "uid", "name", "replaces"}  # `replaces`: the number of one's own fact
    owned = {"child", "authority", "child_id", "restriction", "person"}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in TABLES:
            continue
        single = {field.name for field in model._meta.concrete_fields if field.unique} - {"id"}
        assert single <= drawn | owned, model
        together = [set(names) for names in model._meta.unique_together]
        together += [set(c.fields) for c in model._meta.constraints if isinstance(c, UniqueConstraint)]
        for names in together:
            assert names & owned, (model, names)
    with _as(cast.people["amina"]):
        ChildIdentifier.objects.create(
            authority=cast.authority, child=cast.children["Maya"], scheme="903", value="Z1"
        )


def test_nothing_shows_rows_by_another_way(db: None) -> None:
    """No view, no materialised view, no function that runs as its owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') "
            "AND relnamespace = current_schema()::regnamespace "
            "UNION SELECT proname FROM pg_proc WHERE prosecdef "
            "AND pronamespace = current_schema()::regnamespace"
        )
        assert cursor.fetchall() == []


def test_copying_a_table_out_copies_only_what_the_person_is_shown(cast: Cast, other: Authority) -> None:
    def copied() -> bytes:
        with connection.cursor() as cursor, cursor.copy("COPY records_child (called) TO STDOUT") as out:
            return b"".join(bytes(part) for part in out)

    assert b"Zara" in copied()
    with _as(cast.people["amina"]):
        assert b"Zara" not in copied() and b"Maya" in copied()


def test_the_planners_statistics_show_no_value_of_a_locked_table(cast: Cast, other: Authority) -> None:
    """PostgreSQL leaves the statistics of a table out of pg_stats for whom its policies bind."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_child")
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'records_child'")
        assert cursor.fetchone() == (0,)


def test_a_function_with_a_say_is_not_asked_about_rows_that_are_not_shown(
    cast: Cast, other: Authority
) -> None:
    """A filter that raises, or tells what it was given, sees no row before the policy has let it pass."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.tell(what text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS "
            "$$ BEGIN IF what = 'Zara' THEN RAISE EXCEPTION 'told'; END IF; RETURN true; END $$"
        )
        with _as(cast.people["amina"]):
            cursor.execute("SELECT count(*) FROM records_child WHERE pg_temp.tell(called)")
            assert cursor.fetchone() == (4,)
        with pytest.raises(DatabaseError, match="told"), transaction.atomic():
            cursor.execute("SELECT count(*) FROM records_child WHERE pg_temp.tell(called)")


def test_a_foreign_key_is_checked_past_the_lock_and_so_each_table_checks_the_child_itself(
    cast: Cast, other: Authority
) -> None:
    """The check of a foreign key sees every row; the policy of the table that points refuses all the same."""
    zara = Child.objects.get(called="Zara")
    with _as(cast.people["amina"]), connection.cursor() as cursor:
        for model in (*FACTS.values(), KeptDeadline, Exclusion, Restriction, Share):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                cursor.execute(f"INSERT INTO {model._meta.db_table} (child_id) VALUES (%s)", [zara.pk])
