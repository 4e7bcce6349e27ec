"""What a council's episodes become: periods of care, homes and legal statuses."""

from datetime import date

from rows import drafted, episode, kinds, of, row


def test_a_period_of_care_runs_from_s_to_a_reason_other_than_x1():
    _, drafts, problems = drafted(
        episode("05/04/2021", "10/06/2021", "X1"),
        episode("10/06/2021", "20/01/2022", "E4A", rne="P", place="U4"),
    )
    assert of("PeriodOfCare", drafts) == [
        {
            "started_on": date(2021, 4, 5),
            "known_from": date(2021, 4, 5),
            "ended_on": date(2022, 1, 20),
            "end_reason": "E4A",
            "category_of_need": "N1",
        }
    ]
    assert problems == []


def test_a_start_that_the_return_does_not_hold_is_unknown_and_listed():
    _, drafts, problems = drafted(episode("05/04/2021", rne="P"))
    (period,) = of("PeriodOfCare", drafts)
    assert period["started_on"] is None
    assert period["known_from"] == date(2021, 4, 5)
    assert kinds(problems) == ["start_not_held"]


def test_a_reason_without_an_end_is_an_open_episode_and_rule_148():
    _, drafts, problems = drafted(episode("05/04/2021", rec="E4A"))
    assert of("PeriodOfCare", drafts)[0]["ended_on"] is None
    assert kinds(problems) == ["rule_148"]


def test_the_closed_row_of_an_episode_beats_the_open_one_whichever_year_it_came_in():
    closed = episode("05/04/2020", "01/05/2021", "E4A", year=2022)
    opened = episode("05/04/2020", year=2021)
    late_open = episode("05/04/2020", year=2023)
    _, drafts, problems = drafted(opened, closed, late_open, held=(2021, 2022, 2023))
    assert of("PeriodOfCare", drafts)[0]["ended_on"] == date(2021, 5, 1)
    assert problems == []


def test_between_two_closed_rows_the_later_year_counts_and_the_difference_is_listed():
    _, drafts, problems = drafted(
        episode("05/04/2020", "01/05/2021", "E4A", year=2021),
        episode("05/04/2020", "02/05/2021", "E4A", year=2022),
    )
    assert of("PeriodOfCare", drafts)[0]["ended_on"] == date(2021, 5, 2)
    assert kinds(problems) == ["episode_twice"]


def test_a_change_of_legal_status_alone_starts_no_home():
    _, drafts, _ = drafted(
        episode("05/04/2021", "10/06/2021", "X1", ls="V2"),
        episode("10/06/2021", rne="L", ls="C2"),
    )
    (home,) = of("Home", drafts)
    assert home["started_on"] == date(2021, 4, 5)
    assert home["types"] == []
    assert [(s["code"], s["started_on"], s["ended_on"]) for s in of("LegalStatus", drafts)] == [
        ("V2", date(2021, 4, 5), date(2021, 6, 10)),
        ("C2", date(2021, 6, 10), None),
    ]


def test_the_same_carer_keeps_the_home_and_changes_its_type():
    _, drafts, _ = drafted(
        episode("05/04/2021", "10/06/2021", "X1"),
        episode("10/06/2021", rne="T", place="A5"),
    )
    (home,) = of("Home", drafts)
    assert (home["place"], home["types"]) == ("U6", [["2021-06-10", "A5"]])


def test_a_new_carer_is_a_new_home_with_the_reason_on_the_one_left():
    _, drafts, _ = drafted(
        episode("05/04/2021", "10/06/2021", "X1", REASON_PLACE_CHANGE="CREQB"),
        episode("10/06/2021", rne="P", place="K2"),
    )
    first, second = of("Home", drafts)
    assert (first["ended_on"], first["reason_ended"]) == (date(2021, 6, 10), "CREQB")
    assert (second["place"], second["start_known"]) == ("K2", True)


def test_the_start_of_a_home_and_status_first_seen_by_a_change_of_the_other_is_not_known():
    _, drafts, _ = drafted(episode("05/04/2021", rne="L"))
    assert of("Home", drafts)[0]["start_known"] is False
    assert of("LegalStatus", drafts)[0]["start_known"] is True
    _, drafts, _ = drafted(episode("05/04/2021", rne="P"))
    assert of("Home", drafts)[0]["start_known"] is True
    assert of("LegalStatus", drafts)[0]["start_known"] is False


def test_a_new_start_on_the_day_care_ended_begins_the_next_period():
    _, drafts, problems = drafted(
        episode("05/04/2021", "10/06/2021", "E4A"),
        episode("10/06/2021"),
    )
    assert [p["started_on"] for p in of("PeriodOfCare", drafts)] == [date(2021, 4, 5), date(2021, 6, 10)]
    assert problems == []


def test_short_breaks_give_only_a_legal_status():
    _, drafts, _ = drafted(episode("05/04/2021", "01/05/2021", "E8", ls="V4"))
    assert {draft.model for draft in drafts} == {"LegalStatus"}


def test_short_breaks_in_the_midst_of_care_are_split_off_and_listed():
    _, drafts, problems = drafted(
        episode("05/04/2021", "01/05/2021", "X1"),
        episode("01/05/2021", "01/06/2021", "X1", rne="L", ls="V4"),
        episode("01/06/2021", rne="L", ls="C2"),
    )
    first, second = of("PeriodOfCare", drafts)
    assert (first["ended_on"], first["end_reason"]) == (date(2021, 5, 1), "unknown")
    assert (second["started_on"], second["known_from"]) == (None, date(2021, 6, 1))
    assert "mixed_with_short_breaks" in kinds(problems)


def test_an_episode_never_closed_ends_when_the_next_begins():
    _, drafts, problems = drafted(episode("05/04/2021"), episode("10/06/2021", rne="P"))
    assert of("Home", drafts)[0]["ended_on"] == date(2021, 6, 10)
    assert len(of("PeriodOfCare", drafts)) == 1
    assert kinds(problems) == ["closed_at_next_episode"]


def test_an_episode_never_closed_before_care_began_again_ends_by_31_march():
    _, drafts, problems = drafted(episode("05/04/2019", year=2020), episode("10/06/2021"), held=(2020, 2022))
    first, _ = of("PeriodOfCare", drafts)
    assert (first["ended_on"], first["end_reason"]) == (date(2020, 3, 31), "unknown")
    assert kinds(problems) == ["closed_before_new_period"]


def test_overlapping_episodes_are_cut():
    _, drafts, problems = drafted(
        episode("05/04/2021", "10/07/2021", "X1"), episode("10/06/2021", rne="P", place="K2")
    )
    assert of("Home", drafts)[0]["ended_on"] == date(2021, 6, 10)
    assert kinds(problems) == ["overlap"]


def test_a_gap_after_x1_is_closed():
    _, drafts, problems = drafted(
        episode("05/04/2021", "10/05/2021", "X1"), episode("10/06/2021", rne="P", place="K2")
    )
    assert of("Home", drafts)[0]["ended_on"] == date(2021, 6, 10)
    assert len(of("PeriodOfCare", drafts)) == 1
    assert kinds(problems) == ["gap"]


def test_a_child_whom_the_next_return_does_not_know_left_by_31_march_for_a_reason_unknown():
    _, drafts, problems = drafted(episode("05/04/2020", year=2021), held=(2021, 2022))
    (period,) = [draft for draft in drafts if draft.model == "PeriodOfCare"]
    assert period.fields["ended_on"] == date(2021, 3, 31)
    assert period.fields["end_reason"] == "unknown"
    assert period.repair == "absent_next_year"
    assert kinds(problems) == ["absent_next_year"]


def test_the_child_is_in_care_when_no_later_return_is_held():
    _, drafts, problems = drafted(episode("05/04/2020", year=2021), held=(2021,))
    assert of("PeriodOfCare", drafts)[0]["ended_on"] is None
    assert problems == []


def test_impossible_dates_are_left_out_and_listed():
    _, drafts, problems = drafted(
        row("Header", DOB="01/06/2015", SEX="1", ETHNIC="WBRI"),
        episode("31/02/2021"),
        episode("05/04/2014"),
        episode("05/04/2021", "01/04/2021", "E4A"),
    )
    (period,) = of("PeriodOfCare", drafts)
    assert (period["started_on"], period["ended_on"]) == (date(2021, 4, 5), None)
    assert sorted(kinds(problems)) == ["before_birth", "ends_before_start", "impossible_date"]


def test_dates_after_today_are_held_back_and_listed():
    _, drafts, problems = drafted(
        episode("05/04/2021", "10/06/2021", "E4A"), episode("10/07/2021"), today=date(2021, 6, 1)
    )
    (period,) = of("PeriodOfCare", drafts)
    assert period["ended_on"] is None
    assert kinds(problems) == ["future_date", "future_date"]


def test_a_child_who_died_left_care_that_day():
    child, drafts, _ = drafted(episode("05/04/2021", "10/06/2021", "E2"))
    assert child.died_on == date(2021, 6, 10)
    assert of("PeriodOfCare", drafts)[0]["end_reason"] == "E2"


def test_how_far_a_home_is_comes_from_the_postcodes():
    near, far = "LE1 6ZH", "NG2 3NG"  # town hall and county hall
    _, drafts, _ = drafted(episode("05/04/2021", HOME_POST=near, PL_POST=far.lower().replace(" ", "")))
    (home,) = of("Home", drafts)
    assert 20 < home["distance_miles"] < 26
    assert home["in_area"] is False


def test_an_unknown_postcode_gives_no_distance():
    _, drafts, _ = drafted(episode("05/04/2021", HOME_POST="LE1 6ZH", PL_POST="ZZ99 9ZZ"))
    assert of("Home", drafts)[0]["distance_miles"] is None


def test_an_episode_that_ended_the_day_it_began_yields_to_the_one_that_went_on():
    _, drafts, problems = drafted(
        episode("05/04/2021", "05/04/2021", "X1", ls="L1"), episode("05/04/2021", rne="B", place="U4")
    )
    assert [h["place"] for h in of("Home", drafts)] == ["U4"]
    assert of("PeriodOfCare", drafts)[0]["started_on"] == date(2021, 4, 5)
    assert problems == []
