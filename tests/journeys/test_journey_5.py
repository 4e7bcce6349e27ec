"""Journey 5: a long-term foster match in Merton, from the imported history to permanence achieved."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect
from tests.journeys.files import PQ
from tests.journeys.walking import Walk, council

PPM = "Permanency Planning Meeting"
SAYS = "I want to stay here and go to the same school"


def test_a_long_term_foster_match_in_merton(walk: Walk) -> None:
    council("merton")
    history_is_imported(walk)
    dates_say_what_was_missed(walk)
    first_planning_meeting(walk)
    return_home_is_looked_at_again(walk)
    second_planning_meeting(walk)
    an_action_is_done(walk)
    third_planning_meeting_is_a_day_late(walk)
    tracking_meeting(walk)
    a_report_with_a_stale_chronology(walk)
    the_match_is_agreed(walk)


def history_is_imported(walk: Walk) -> None:
    """Step 1: rows read, rejected and matched are said; the history keeps its days."""
    walk.on(date(2026, 1, 5), "lead")
    walk.imports(PQ)
    walk.press("Apply these changes")
    walk.sees("Applied.")
    walk.look()
    walk.sees(
        "33 rows were read; in 1 of them something could not be used as written",
        "3 facts stand in files of two sorts and are kept once",
    )
    walk.follow("problems and repairs")
    walk.sees("2024-13-45")
    walk.go(walk.child("PQ1") + "/history")
    walk.sees("from 5 February 2024 to 22 April 2024", "episodes.csv, row 2", "30 September 2024")


def dates_say_what_was_missed(walk: Walk) -> None:
    """Steps 2 to 4: 14 months, moves, and return home after a year in care."""
    walk.on(date(2026, 1, 5), "worker")
    page = walk.go(walk.child("PQ1") + "/dates")
    walk.sees("A permanent home within 14 months, 6 January 2025", "Overdue by 364 days")
    walk.why("A permanent home within 14 months")
    walk.sees("6 November 2023: the need for the authority's intervention was identified")
    walk.why("Two moves in 12 months")
    walk.sees("17 June 2024: the child moved to a home")
    walk.sees("Return home looked at again after a year, 5 February 2025", "Overdue by 334 days")
    page = walk.go("/tracker?cohort=two_moves")
    walk.sees("No child fits these filters.")
    page = walk.go("/tracker?state=late")
    expect(page.get_by_role("rowheader")).to_contain_text(["PQ"])


def first_planning_meeting(walk: Walk) -> None:
    """Steps 5 and 6: not with an IRO in the chair; then with the child's words, to a signed record."""
    walk.on(date(2026, 1, 12), "manager")
    meeting = walk.arranges(PPM, date(2026, 1, 12), "Ian Marsh, Independent reviewing officer")
    walk.sees("The Permanency Planning Meeting is chaired by the Social Work Team Manager.")
    walk.takes_up(meeting, "PQ")
    walk.sees(f"{PPM}, the first for PQ", "Specialist assessments to commission")
    walk.answers_each_heading()
    walk.page.get_by_label("What the child says").fill(SAYS)
    walk.press("This child is done")
    walk.sees("Stops the record:", "May be overridden with a reason by: head of service.")
    walk.go(f"{meeting}/change")
    walk.page.get_by_label("Who chairs").select_option(label="Tess Hall, Team manager")
    walk.press("Save the change")
    walk.sees_not("It cannot be signed with this chair")
    walk.minutes_of("PQ")
    walk.page.get_by_label("What the child says").fill("")
    walk.press("This child is done")
    walk.sees("Enter what the child says, or why nothing of the child’s own is here")
    walk.page.get_by_label("What the child says").fill(SAYS)
    walk.goes_on("The head of service is told on Friday")
    walk.signs(meeting)
    page = walk.go(f"{meeting}/record")
    walk.sees("For colleagues", "For the carer")
    with page.expect_download() as paper:
        page.get_by_role("link", name=re.compile("Word.+The whole record")).click()
    assert paper.value.suggested_filename.endswith(".docx")
    walk.go(walk.child("PQ1") + "/meetings")
    walk.sees(PPM, "12 January 2026", SAYS)
    walk.go(walk.child("PQ1") + "/dates")
    walk.sees("On time, due 23 February 2026 Permanency Planning Meeting every 6 weeks")
    walk.go("/tracker?column=next&column=holding")
    walk.sees_not("Permanency Planning Meeting every 6 weeks, 18 March 2024")


def return_home_is_looked_at_again(walk: Walk) -> None:
    """Step 7: not viable, with who signed it off and why; the red clears with its day."""
    walk.on(date(2026, 2, 2), "manager")
    page = walk.go(walk.child("PQ1") + "/plans/routes/return_home")
    page.get_by_label("What is said of this route now").select_option(label="Ruled out")
    page.get_by_label("Why", exact=True).fill("Not safe for her; her brother’s family was asked and cannot")
    walk.press("Record the answer")
    walk.sees("signed off by Tess Hall, team manager", "her brother’s family was asked and cannot")
    walk.go(walk.child("PQ1") + "/dates")
    done = earlier(walk, "Return home looked at again after a year")
    expect(done).to_contain_text("2 February 2026")


def second_planning_meeting(walk: Walk) -> None:
    """Step 8: the later template carries forward; Easter Monday is no working day."""
    walk.on(date(2026, 2, 23), "manager")
    meeting = walk.arranges(PPM, date(2026, 2, 23), "Tess Hall, Team manager")
    walk.sees("by 6 April 2026")
    walk.takes_up(meeting, "PQ")
    walk.sees(f"{PPM}, a later meeting", "Last time, 12 January 2026", SAYS)
    walk.page.get_by_label("Actions since the last meeting").fill("The school was asked")
    walk.answers_each_heading()
    walk.page.get_by_label("What the child says").fill(SAYS)
    walk.page.locator("#id_actions-0-what").fill("Ask the school for a report")
    walk.page.locator("#id_actions-0-owner_name").fill("Class teacher")
    walk.page.locator("#id_actions-0-by_on").fill("2026-03-20")
    walk.page.get_by_label("Next meeting about this child").fill("2026-04-06")
    walk.press("This child is done")
    walk.sees("6 April 2026 is not a working day. The working day before it is 2 April 2026")
    walk.page.get_by_label("Next meeting about this child").fill("2026-04-02")
    walk.goes_on("It was talked through at length")
    walk.signs(meeting)
    walk.go(walk.child("PQ1") + "/dates")
    walk.sees("On time, due 6 April 2026 Permanency Planning Meeting every 6 weeks")


def an_action_is_done(walk: Walk) -> None:
    walk.on(date(2026, 3, 16), "manager")
    page = walk.go(walk.child("PQ1") + "/actions")
    page.get_by_role("link", name=re.compile("Close.+Ask the school")).click()
    page.get_by_label("What became of it").select_option(label="It is done")
    page.get_by_label("On which day").fill("2026-03-16")
    page.get_by_label("What came of it").fill("She is settled at school and wants to stay")
    walk.press("Close this action")


def third_planning_meeting_is_a_day_late(walk: Walk) -> None:
    """Step 9: held a day late, which stays said."""
    walk.on(date(2026, 4, 7), "manager")
    meeting = walk.arranges(PPM, date(2026, 4, 7), "Tess Hall, Team manager")
    walk.takes_up(meeting, "PQ")
    walk.answers_each_heading()
    walk.page.get_by_label("What the child says").fill(SAYS)
    walk.goes_on("It was talked through at length")
    walk.signs(meeting)
    walk.go(walk.child("PQ1") + "/dates")
    expect(earlier(walk, "Permanency Planning Meeting every 6 weeks")).to_contain_text("1 day late")


def tracking_meeting(walk: Walk) -> None:
    """Step 10: the heads of service see PQ, and which planning meetings and actions were in time, by team."""
    walk.on(date(2026, 4, 13), "head")
    meeting = walk.arranges("Permanency Tracking Meeting", date(2026, 4, 13), "Hugh Bell, Head of service")
    walk.go(f"{meeting}/agenda")
    walk.sees("PQ", "Last planning meeting on 7 April 2026")
    walk.go(meeting)
    walk.follow("Meetings held and actions done, by team")
    walk.sees("Meetings held late", "Children in care")
    walk.page.get_by_role("link", name=re.compile("1 meetings held late, Children in care")).click()
    walk.look()
    walk.sees("PQ", "Due 6 April 2026, held 7 April 2026, 1 day late")
    walk.page.get_by_role("link", name=re.compile("1 actions done in time, Children in care")).click()
    walk.sees("Ask the school for a report")
    walk.takes_up(meeting, "PQ")
    walk.sees("Time at home and in each home", "Foster home: 11 weeks")


def a_report_with_a_stale_chronology(walk: Walk) -> None:
    """Step 11: the child's permanence report is not completed on a chronology that stopped at home B."""
    walk.on(date(2026, 4, 20), "worker")
    page = walk.go(walk.child("PQ1") + "/record?what=event")
    page.get_by_label("What happened").select_option(label="The child's permanence report was completed")
    page.get_by_label("On which day").fill("2026-04-20")
    walk.press("Record it")
    page.get_by_label("Day to which the chronology is kept").fill("2024-06-16")
    walk.press("Record it")
    walk.sees("The chronology is not kept to the child's last change of home or order")
    walk.look()
    page.get_by_label("Day to which the chronology is kept").fill("2026-04-17")
    walk.press("Record it")
    walk.sees("The child's permanence report was completed", "Answered: Day to which the chronology is kept")


def the_match_is_agreed(walk: Walk) -> None:
    """Step 13: the match is recorded as its dated event; permanence is achieved and the meetings stop."""
    walk.on(date(2026, 6, 8), "worker")
    page = walk.go(walk.child("PQ1") + "/record?what=event")
    page.get_by_label("What happened").select_option(
        label="The long-term foster match was agreed (regulation 22B)"
    )
    page.get_by_label("On which day").fill("2026-06-08")
    walk.press("Record it")
    walk.go(walk.child("PQ1") + "/timeline")
    walk.sees("The child's permanence was secured")
    walk.go(walk.child("PQ1") + "/dates")
    walk.sees_not("Permanency Planning Meeting every 6 weeks, 19 May 2026")


def earlier(walk: Walk, title: str):
    """The newest of the dates that are over, of a rule."""
    for summary in walk.page.locator("details.govuk-details > summary").all():
        summary.click()
    return walk.page.locator("details.govuk-details li", has_text=title).first
