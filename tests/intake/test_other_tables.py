"""The other tables of the return, the bundle and Annex A, and how they come together."""

from datetime import date

from rows import annex, bundle, drafted, episode, kinds, of, row

from homeward.intake.identity import children_of

HEADER = {"DOB": "01/06/2015", "SEX": "2", "ETHNIC": "mwbc", "UPN": "UN1"}


def test_the_header_says_who_the_child_is():
    child, _, _ = drafted(row("Header", **HEADER))
    assert (child.born_on, child.sex, child.ethnicity) == (date(2015, 6, 1), "F", "MWBC")
    assert child.identifiers == (("903", "1"),)


def test_two_dates_of_birth_are_listed_and_the_newest_counts():
    child, _, problems = drafted(
        row("Header", year=2021, **HEADER), row("Header", year=2022, **HEADER | {"DOB": "02/06/2015"})
    )
    assert child.born_on == date(2015, 6, 2)
    assert kinds(problems) == ["dob_differs"]


def test_reviews_that_every_year_repeats_are_one_review():
    _, drafts, _ = drafted(
        row("Reviews", year=2021, REVIEW="01/03/2021", REVIEW_CODE="PN1"),
        row("Reviews", year=2022, REVIEW="01/03/2021", REVIEW_CODE="PN2"),
    )
    assert of("Review", drafts) == [{"held_on": date(2021, 3, 1), "participation": "PN2"}]


def test_a_missing_episode_that_ended_later_is_one_episode():
    _, drafts, _ = drafted(
        row("Missing", year=2021, MISSING="M", MIS_START="25/03/2021", MIS_END=""),
        row("Missing", year=2022, MISSING="M", MIS_START="25/03/2021", MIS_END="02/04/2021"),
    )
    (missing,) = of("MissingEpisode", drafts)
    assert missing == {"kind": "M", "started_on": date(2021, 3, 25), "ended_on": date(2021, 4, 2)}


def test_the_decision_in_placed_adoption_beats_the_date_in_ad1():
    placed = row("PlacedAdoption", DATE_PLACED="01/09/2021", DATE_PLACED_CEASED="", REASON_PLACED_CEASED="")
    ad1 = row("AD1", DATE_INT="05/09/2021", DATE_MATCH="01/12/2021", FOSTER_CARE="1", NB_ADOPTR="2")
    _, drafts, problems = drafted(placed, ad1)
    assert [d["decided_on"] for d in of("AdoptionDecision", drafts)] == [date(2021, 9, 1)]
    assert kinds(problems) == ["decision_differs"]
    (record,) = of("AdoptionRecord", drafts)
    assert (record["matched_on"], record["foster_carer"]) == (date(2021, 12, 1), True)


def test_ad1_gives_the_decision_when_placed_adoption_has_none():
    _, drafts, _ = drafted(row("AD1", DATE_INT="05/09/2021", DATE_MATCH="01/12/2021"))
    assert [d["decided_on"] for d in of("AdoptionDecision", drafts)] == [date(2021, 9, 5)]


def test_a_reversed_decision_keeps_its_reason():
    _, drafts, _ = drafted(
        row(
            "PlacedAdoption",
            DATE_PLACED="01/09/2021",
            DATE_PLACED_CEASED="01/02/2022",
            REASON_PLACED_CEASED="RD3",
        )
    )
    assert of("AdoptionDecision", drafts)[0]["reversal_reason"] == "RD3"


def test_a_date_with_unknown_parts_is_kept_as_written():
    _, drafts, problems = drafted(row("PrevPerm", PREV_PERM="P2", LA_PERM="999", DATE_PERM="zz/05/2015"))
    (previous,) = of("PreviousPermanence", drafts)
    assert (previous["order_on"], previous["order_on_text"]) == (None, "zz/05/2015")
    assert problems == []


def test_the_end_of_unaccompanied_status_may_lie_ahead():
    _, drafts, problems = drafted(row("UASC", DUC="12/11/2030", SEX="1", DOB="12/11/2012"))
    assert of("UnaccompaniedStatus", drafts) == [{"until": date(2030, 11, 12)}]
    assert problems == []


def test_workers_come_from_the_social_worker_table():
    _, drafts, _ = drafted(row("SWEpisodes", SW_ID="sw1234", SW_DECOM="01/05/2021", SW_DEC="", SW_REASON=""))
    assert of("SocialWorkerSpell", drafts)[0]["worker"] == "SW1234"


def test_tables_without_a_use_yet_are_kept_as_rows_only():
    _, drafts, problems = drafted(row("OC2", CONVICTED="0"), row("OC3", IN_TOUCH="YES"), row("DoLo"))
    assert (drafts, problems) == ([], [])


# The bundle


def test_a_plan_in_the_bundle_is_a_plan():
    _, drafts, _ = drafted(
        bundle(
            "plans",
            position="Main",
            route="Special guardianship",
            recorded="2021-05-01",
            agreed="",
            confirmed="",
        )
    )
    (plan,) = of("PermanencePlan", drafts)
    assert (plan["route"], plan["recorded_on"], plan["agreed_on"]) == (
        "special_guardianship",
        date(2021, 5, 1),
        None,
    )


def test_the_bundle_adds_to_the_same_home_what_the_return_lacks():
    _, drafts, problems = drafted(
        episode("05/04/2021"),
        bundle("homes", placement="U6", started="2021-04-05", ended="", carer="Carer 7"),
    )
    (home,) = of("Home", drafts)
    assert home["carer_ref"] == "Carer 7"
    assert problems == []


def test_the_bundle_gives_the_start_that_the_return_does_not_hold():
    _, drafts, problems = drafted(
        episode("05/04/2021", rne="P"),
        bundle("periods_of_care", started="2018-01-15", ended="", end_reason="", need="N1"),
    )
    (period,) = of("PeriodOfCare", drafts)
    assert period["started_on"] == date(2018, 1, 15)
    assert "start_from_elsewhere" in kinds(problems)


def test_a_review_in_both_files_is_one_review():
    _, drafts, _ = drafted(
        row("Reviews", REVIEW="01/03/2022", REVIEW_CODE="PN1"),
        bundle("reviews", review="2022-03-01", participation="PN1"),
        bundle("reviews", review="2022-03-20", participation=""),
    )
    assert len(of("Review", drafts)) == 2


def test_an_unborn_child_has_an_expected_date_and_events():
    child, drafts, problems = drafted(
        bundle("children", called="Baby Adeyemi", born="", expected="2026-07-01"),
        bundle("events", kind="legal_gateway_held", on="2026-03-01", detail=""),
        bundle("events", kind="issues_resolution_hearing", on="2026-09-01", detail=""),
        bundle("meetings", meeting="permanence_meeting", held="2026-03-10"),
    )
    assert (child.born_on, child.expected_on, child.called) == (None, date(2026, 7, 1), "Baby Adeyemi")
    assert len(of("DatedEvent", drafts)) == 2
    assert of("MeetingHeld", drafts)[0]["kind"] == "permanence_meeting_held"
    assert problems == []


def test_words_the_bundle_does_not_know_are_listed():
    _, drafts, problems = drafted(
        bundle("plans", position="main", route="a nice family", recorded="2021-05-01"),
        bundle("events", kind="had_tea", on="2021-05-01"),
    )
    assert drafts == []
    assert kinds(problems) == ["unknown_kind", "unknown_word"]


# Annex A

LIST_8 = {
    "Date_of_Birth": "2015-06-01",
    "Date_Started_to_be_Looked_After": "2019-08-06",
    "Start_date_of_current_legal_status": "2020-02-01",
    "Child's_Legal_Status": "Full care order",
    "Date_of_Latest_Statutory_Review": "2022-02-01",
    "Date_of_Last_Social_Work_Visit": "2022-03-01",
    "What_is_the_permanence_plan_for_this_child?": "LT fostering",
    "Start_Date_of_Most_Recent_Placement": "2020-05-01",
    "Placement_Type": "U4 - Foster Placement (long term)",
    "Placement_Provider": "e) PR4 - Private provision",
}


def test_annex_a_alone_gives_care_status_home_review_visit_and_an_undated_plan():
    child, drafts, problems = drafted(annex("list_8", **LIST_8))
    assert child.born_on == date(2015, 6, 1)
    assert of("PeriodOfCare", drafts)[0]["started_on"] == date(2019, 8, 6)
    assert of("LegalStatus", drafts)[0]["code"] == "C2"
    assert (of("Home", drafts)[0]["place"], of("Home", drafts)[0]["provider"]) == ("U4", "PR4")
    assert of("Visit", drafts) == [{"on": date(2022, 3, 1)}]
    (plan,) = of("PermanencePlan", drafts)
    assert (plan["route"], plan["recorded_on"], plan["reason"]) == (
        "long_term_fostering",
        None,
        "LT fostering",
    )
    assert problems == []


def test_annex_a_adds_only_what_the_return_has_not():
    _, drafts, _ = drafted(
        row("Header", **HEADER),
        episode("05/04/2021", ls="V2"),
        row("Reviews", REVIEW="01/02/2022", REVIEW_CODE="PN1"),
        annex("list_8", **LIST_8),
    )
    assert [s["code"] for s in of("LegalStatus", drafts)] == ["V2"]
    assert [h["place"] for h in of("Home", drafts)] == ["U6"]
    assert len(of("Review", drafts)) == 1
    assert len(of("Visit", drafts)) == 1


def test_words_that_could_be_several_codes_are_left_out_and_listed():
    _, drafts, problems = drafted(annex("list_8", **LIST_8 | {"Placement_Type": "Foster placement"}))
    assert of("Home", drafts) == []
    assert kinds(problems) == ["unknown_words"]


def test_list_10_gives_the_steps_of_an_adoption():
    _, drafts, _ = drafted(
        annex(
            "list_10",
            Date_of_Birth="2015-06-01",
            Date_the_Child_Entered_Care="2019-01-01",
            Date_of_Decision_that_Child_Should_be_Placed_for_Adoption="2019-06-01",
            Date_of_Placement_Order="2019-07-01",
            Date_of_Matching_Child_and_Prospective_Adopters="2019-09-01",
            Date_Placed_for_Adoption="2019-10-01",
        )
    )
    assert [e["kind"] for e in of("DatedEvent", drafts)] == ["placement_order_made", "placed_for_adoption"]
    assert of("AdoptionDecision", drafts)[0]["decided_on"] == date(2019, 6, 1)
    assert of("AdoptionRecord", drafts)[0]["matched_on"] == date(2019, 9, 1)
    assert of("PeriodOfCare", drafts)[0]["ended_on"] is None


def test_one_code_with_two_dates_of_birth_is_two_children():
    rows = [row("Header", **HEADER), annex("list_8", Date_of_Birth="2011-01-01")]
    found = list(children_of(rows))
    assert [key for key, _, _ in found] == ["1", "1 (Annex A)"]
    assert kinds(found[1][2]) == ["dob_contradicts"]


def test_one_code_with_one_date_of_birth_is_one_child():
    rows = [row("Header", **HEADER), annex("list_8", Date_of_Birth="2015-06-01"), annex("list_6")]
    assert [key for key, _, _ in children_of(rows)] == ["1"]
