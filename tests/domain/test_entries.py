"""Who is heard at a meeting and why, and with what evidence a child leaves it."""

from __future__ import annotations

from datetime import date

import pytest

from homeward.domain.entries import ENTRIES, EXITS, leaves, reasons
from homeward.domain.events import Event, History
from homeward.domain.packs import meeting

TODAY = date(2026, 9, 14)
BORN = Event(date(2016, 5, 20), "born")
CAME = Event(date(2026, 2, 9), "became_looked_after")
LEFT = Event(date(2026, 6, 1), "ceased_looked_after")


def on(month: int, day: int, kind: str, detail: str = "") -> Event:
    return Event(date(2026, month, day), kind, detail)


def child(*events: Event, statuses=(), homes=()) -> History:
    return History("A", events, statuses=statuses, homes=homes)


def heard(name: str, history: History, today: date = TODAY) -> list[str]:
    return reasons([name], history, today)


# The six of Slough (SLO-144 to SLO-149)


def test_a_child_under_18_who_comes_into_care_is_referred():
    assert heard("came_into_care", child(BORN, CAME)) == ["came into care on 9 February 2026"]


def test_a_child_who_left_care_or_is_18_is_not_referred_for_coming_into_care():
    assert not heard("came_into_care", child(BORN, CAME, LEFT))
    assert not heard("came_into_care", child(Event(date(2008, 9, 14), "born"), CAME))
    assert heard("came_into_care", child(Event(date(2008, 9, 15), "born"), CAME))


def test_a_child_whose_start_of_care_nobody_holds_is_referred_without_a_day():
    unknown = History("A", [BORN], unknown_starts=[(date(2025, 4, 1), None)])
    assert heard("came_into_care", unknown) == ["in care"]


def test_a_final_order_that_confirms_care_refers_the_child_again():
    assert heard("final_order_made", child(CAME, on(8, 3, "care_order_made"))) == [
        "care order made on 3 August 2026"
    ]
    assert heard("final_order_made", child(CAME, on(8, 3, "placement_order_made"))) == [
        "placement order made on 3 August 2026"
    ]


def test_an_interim_order_an_ended_order_and_one_of_an_earlier_time_in_care_are_not_final():
    assert not heard("final_order_made", child(CAME, on(2, 13, "interim_care_order_made")))
    ended = child(CAME, on(3, 3, "care_order_made"), on(4, 3, "care_order_ended"))
    assert not heard("final_order_made", ended)
    earlier = child(
        Event(date(2024, 1, 8), "became_looked_after"),
        Event(date(2024, 6, 3), "care_order_made"),
        Event(date(2025, 1, 6), "ceased_looked_after"),
        CAME,
    )
    assert not heard("final_order_made", earlier)


def test_a_baby_or_unborn_child_whose_parents_wish_to_relinquish_is_referred():
    said = on(7, 6, "need_identified", "relinquish")
    words = ["parents said on 6 July 2026 that they wish to relinquish the child"]
    assert heard("may_be_relinquished", child(on(11, 2, "birth_expected"), said)) == words
    assert heard("may_be_relinquished", child(on(7, 20, "born"), said)) == words


def test_an_older_child_or_a_need_of_another_kind_is_no_relinquishment():
    assert not heard("may_be_relinquished", child(BORN, on(7, 6, "need_identified", "relinquish")))
    assert not heard("may_be_relinquished", child(on(7, 20, "born"), on(7, 21, "need_identified")))
    assert not heard(
        "may_be_relinquished",
        child(on(7, 20, "born"), on(7, 21, "need_identified", "relinquish")),
        date(2027, 7, 20),
    )


def test_a_child_with_connected_carers_is_referred():
    moved = on(3, 2, "placement_started", "U3")
    assert heard("with_connected_carers", child(CAME, moved)) == [
        "living with connected carers since 2 March 2026"
    ]
    told = child(CAME, on(3, 2, "placed_with_connected_person"))
    assert heard("with_connected_carers", told) == ["living with connected carers since 2 March 2026"]


def test_a_child_who_has_left_connected_carers_is_not():
    moved = child(CAME, on(3, 2, "placement_started", "U3"), on(6, 1, "placement_started", "U6"))
    assert not heard("with_connected_carers", moved)
    left = child(CAME, on(3, 2, "placed_with_connected_person"), on(6, 1, "placement_ended"))
    assert not heard("with_connected_carers", left)


def test_a_child_in_care_at_home_is_referred():
    assert heard("at_home_in_care", child(CAME, on(4, 1, "placement_started", "P1"))) == [
        "in care and living at home since 1 April 2026"
    ]
    assert heard("at_home_in_care", child(CAME, on(4, 1, "placed_with_parents"))) == [
        "in care and living at home since 1 April 2026"
    ]
    assert not heard("at_home_in_care", child(CAME, on(4, 1, "placement_started", "U6")))
    assert not heard("at_home_in_care", child(CAME, on(4, 1, "placement_started", "P1"), LEFT))


def test_a_child_under_section_20_is_referred_until_an_order_is_made():
    agreed = on(2, 9, "section_20_started")
    assert heard("under_section_20", child(CAME, agreed)) == [
        "in care under section 20 since 9 February 2026"
    ]
    assert not heard("under_section_20", child(CAME, agreed, on(4, 6, "section_20_ended")))
    assert not heard("under_section_20", child(CAME, agreed, on(4, 6, "interim_care_order_made")))


def test_sloughs_monitoring_group_says_every_reason_that_holds():
    group = meeting("slough", "permanence_monitoring_group")
    baby = child(
        on(8, 5, "born"),
        on(8, 7, "became_looked_after"),
        on(8, 7, "interim_care_order_made"),
        on(8, 7, "placement_started", "U5"),
    )
    assert reasons(group.entry, baby, TODAY) == [
        "came into care on 7 August 2026",
        "under three, and early permanence not yet considered",
    ]


# The other councils


def test_croydon_gives_pace_to_under_fives_and_to_children_on_care_orders():
    assert heard("under_five", child(Event(date(2021, 9, 15), "born"), CAME)) == ["under five"]
    assert not heard("under_five", child(Event(date(2021, 9, 14), "born"), CAME))
    assert not heard("under_five", child(Event(date(2024, 1, 1), "born")))
    unborn = child(on(11, 2, "birth_expected"), on(7, 6, "legal_gateway_held"))
    assert heard("under_five", unborn) == ["not yet born"]
    assert heard("on_care_order", child(CAME, on(8, 3, "care_order_made"))) == ["on a care order"]
    assert heard("on_care_order", child(CAME, on(8, 3, "interim_care_order_made"))) == [
        "on an interim care order"
    ]
    assert not heard("on_care_order", child(CAME, on(2, 9, "section_20_started")))


def test_early_permanence_is_asked_for_until_it_was_considered():
    small = Event(date(2025, 1, 6), "born")
    assert heard("early_permanence_to_consider", child(small, CAME))
    assert not heard(
        "early_permanence_to_consider", child(small, CAME, on(3, 2, "early_permanence_considered"))
    )
    assert not heard("early_permanence_to_consider", child(BORN, CAME))


def test_merton_hears_children_of_the_planning_tracker_and_of_the_court_tracker():
    met = on(3, 2, "permanence_meeting_held")
    matched = on(6, 8, "permanence_achieved", "long_term_fostering")
    assert heard("on_planning_tracker", child(CAME, met)) == ["last planning meeting on 2 March 2026"]
    assert not heard("on_planning_tracker", child(CAME))
    assert not heard("on_planning_tracker", child(CAME, met, matched))
    started = on(3, 16, "pre_proceedings_started")
    assert heard("in_pre_proceedings", child(started)) == ["in pre-proceedings since 16 March 2026"]
    assert not heard("in_pre_proceedings", child(started, on(5, 4, "pre_proceedings_ended")))
    issued = on(8, 6, "proceedings_issued")
    assert heard("in_proceedings", child(started, issued)) == ["in care proceedings since 6 August 2026"]
    assert not heard("in_pre_proceedings", child(started, issued))
    assert not heard("in_proceedings", child(issued, on(9, 1, "proceedings_concluded")))


def test_a_long_term_home_without_a_match_needs_one():
    planned = on(3, 2, "long_term_fostering_became_the_plan")
    assert heard("needs_a_match", child(CAME, planned)) == ["long-term fostering planned and no match yet"]
    assert not heard(
        "needs_a_match", child(CAME, planned, on(6, 8, "permanence_achieved", "long_term_fostering"))
    )
    assert not heard("needs_a_match", child(CAME, on(3, 2, "adoption_became_the_plan")))


def test_lambeths_board_hears_every_child_in_scope_and_nobody_else():
    board = meeting("lambeth", "permanence_board")
    assert reasons(board.entry, child(CAME), TODAY) == ["in care or on the way to it"]
    assert reasons(board.entry, child(on(3, 2, "legal_gateway_held")), TODAY)
    assert not reasons(board.entry, child(BORN), TODAY)


def test_dudleys_panel_hears_a_child_until_the_arrangement_is_lasting():
    order = on(8, 3, "special_guardianship_order_made")
    out = on(8, 3, "ceased_looked_after", "E44")
    assert heard("not_yet_permanent", child(CAME)) == ["no lasting arrangement yet"]
    assert not heard("not_yet_permanent", child(CAME, order, out))
    assert not heard("not_yet_permanent", child(BORN))


# Leaving (SLO-150, MER-020, DUD-036, DUD-014)


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        ("adopted", on(6, 8, "adoption_order_made")),
        ("matched_to_carers", on(6, 8, "long_term_match_agreed")),
        ("permanent_within_the_family", on(6, 8, "special_guardianship_order_made")),
        ("permanent_within_the_family", on(6, 8, "child_arrangements_order_made")),
        ("permanent_within_the_family", on(6, 8, "permanence_achieved", "return_home")),
        ("achieved", on(6, 8, "permanence_achieved", "long_term_fostering")),
        ("matched_and_placed", on(6, 8, "placed_permanently")),
    ],
)
def test_a_child_leaves_with_the_event_that_is_the_evidence(name: str, evidence: Event):
    assert leaves([name], child(CAME, evidence), TODAY) == (name, evidence)
    assert leaves([name], child(CAME), TODAY) is None
    assert leaves([name], child(CAME, evidence), date(2026, 6, 7)) is None


def test_a_match_with_adopters_is_no_match_to_carers_and_achieved_elsewhere_is_not_in_the_family():
    assert leaves(["matched_to_carers"], child(CAME, on(6, 8, "matched_with_adopters")), TODAY) is None
    fostered = child(CAME, on(6, 8, "permanence_achieved", "long_term_fostering"))
    assert leaves(["permanent_within_the_family"], fostered, TODAY) is None


def test_a_child_who_comes_into_care_again_is_heard_again():
    home = on(6, 1, "permanence_achieved", "return_home")
    again = on(8, 3, "became_looked_after")
    assert leaves(["achieved"], child(CAME, home, LEFT), TODAY) == ("achieved", home)
    assert leaves(["achieved"], child(CAME, home, LEFT, again), TODAY) is None


def test_another_route_that_becomes_the_plan_reopens_what_was_achieved():
    match = on(6, 8, "long_term_match_agreed")
    same = on(6, 10, "long_term_fostering_became_the_plan")
    other = on(8, 3, "special_guardianship_became_the_plan")
    assert leaves(["matched_to_carers"], child(CAME, match, same), TODAY) == ("matched_to_carers", match)
    assert leaves(["matched_to_carers"], child(CAME, match, same, other), TODAY) is None


def test_only_home_for_good_or_an_order_outside_care_is_lasting():
    order = on(6, 1, "special_guardianship_order_made")
    home = on(6, 1, "permanence_achieved", "return_home")
    assert leaves(["lasting"], child(CAME, order, LEFT), TODAY) == ("lasting", order)
    assert leaves(["lasting"], child(CAME, home, LEFT), TODAY) == ("lasting", home)
    assert leaves(["lasting"], child(CAME, order), TODAY) is None
    match = on(6, 8, "permanence_achieved", "long_term_fostering")
    assert leaves(["lasting"], child(CAME, match, on(3, 2, "care_order_made")), TODAY) is None


def test_every_entry_and_exit_is_tried_here_and_used_by_a_meeting():
    from pathlib import Path

    from homeward.domain.packs import meetings
    from homeward.domain.policy import PACKS

    here = Path(__file__).read_text("utf-8")
    series = [one for name in PACKS for one in meetings(name)]
    assert set(ENTRIES) == {name for one in series for name in one.entry}
    assert set(EXITS) == {name for one in series for name in one.exit}
    for name in (*ENTRIES, *EXITS):
        assert f'"{name}"' in here, name


def test_in_care_means_the_same_as_coming_into_care():
    assert heard("in_care", child(BORN, CAME)) == ["came into care on 9 February 2026"]
    assert not heard("in_care", child(BORN))
    assert heard("every_child", child(CAME))
