"""Journey 8: a residential home in Lambeth, from the senior's approval to the board that sees the drift."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect
from tests.journeys.files import VW
from tests.journeys.walking import Walk, council

PPM = "Permanency Planning Meeting"
SAYS = "I would like to live in a family, near my school"
NOT_POSSIBLE = "No family home could keep him safe this month; six were asked"


def test_a_residential_step_down_in_lambeth(walk: Walk) -> None:
    council("lambeth")
    history_is_imported(walk)
    residential_is_set_as_the_plan(walk)
    fourteen_months_are_counted(walk)
    planning_meeting(walk)
    second_review(walk)
    monthly_board(walk)


def history_is_imported(walk: Walk) -> None:
    walk.on(date(2026, 1, 12), "lead")
    walk.imports(VW)
    walk.press("Apply these changes")
    walk.sees("Applied.", "15 rows were read")


def residential_is_set_as_the_plan(walk: Walk) -> None:
    """Step 2: not as a plan for the long term, unless a senior approves it and says why."""
    walk.on(date(2026, 1, 12), "worker")
    page = walk.go(walk.child("VW1") + "/plans/propose/main")
    page.get_by_role("radio", name="Residential").check()
    page.get_by_label("Why this is the plan").fill(NOT_POSSIBLE)
    for _ in range(5):
        walk.press("Continue")
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    page.get_by_label("How and when the child moves on to a family").fill("To foster carers by September")
    walk.press("Continue")
    walk.sees("Check your answers", "is not promoted as a plan for the long term")
    walk.look()
    walk.press("Record the main plan")
    walk.sees("Missing: the approval and the reason", "Only the director may let it go on all the same.")
    page.get_by_role("link", name="Change (Who approved it)").click()
    page.get_by_label("Who approved it").select_option(label="Hugh Bell, head of service")
    page.get_by_label("Why it is approved").fill(NOT_POSSIBLE)
    walk.press("Continue")
    walk.sees_not("is not promoted as a plan for the long term")
    walk.press("Record the main plan")
    expect(page.get_by_role("region", name="Main plan")).to_contain_text("Residential")
    walk.go(walk.child("VW1") + "/decisions")
    walk.sees("Hugh Bell", NOT_POSSIBLE)


def fourteen_months_are_counted(walk: Walk) -> None:
    """Step 3: from the need identified on 3 November 2025."""
    walk.go(walk.child("VW1") + "/dates")
    walk.sees("On time, due 3 January 2027 A permanent home within 14 months")
    walk.why("A permanent home within 14 months")
    walk.sees("3 November 2025: the need for the authority's intervention was identified")


def planning_meeting(walk: Walk) -> None:
    """Steps 4 and 5: not with the social worker in the chair; then with times worked out, and filed."""
    walk.on(date(2026, 1, 19), "lead")
    meeting = walk.arranges(PPM, date(2026, 1, 19), "Sam Reed, Social worker")
    walk.sees("is chaired by the Early Permanency Team, managed by the Agency Adviser.")
    walk.takes_up(meeting, "VW")
    walk.sees(
        "Time spent at home and in each placement",
        "At home, not in our care: 13 years, 9 months 25 January 2012 to 17 November 2025",
        "Foster home: 8 weeks 17 November 2025 to 12 January 2026",
        "Children's home: 7 days since 12 January 2026",
    )
    walk.answers_each_heading()
    walk.page.get_by_label("What the child says").fill(SAYS)
    walk.press("This child is done")
    walk.sees("Stops the record:", "From 1 October 2024 the Permanency Planning Meeting is chaired by")
    walk.go(f"{meeting}/change")
    walk.page.get_by_label("Who chairs").select_option(label="Lena Okoro, Permanence lead")
    walk.press("Save the change")
    walk.minutes_of("VW")
    walk.page.get_by_label("Main plan: Residential").check()
    walk.goes_on("The partners could not all come")
    walk.signs(meeting)
    walk.go(f"{meeting}/record")
    walk.sees("The whole record", "For the carer", "For a partner")
    walk.go(walk.child("VW1") + "/meetings")
    walk.sees(PPM, "19 January 2026", SAYS)


def second_review(walk: Walk) -> None:
    walk.on(date(2026, 3, 9), "iro")
    page = walk.go(walk.child("VW1") + "/record?what=review")
    page.get_by_label("Day of the review").fill("2026-03-09")
    walk.press("Record it")


def monthly_board(walk: Walk) -> None:
    """Step 10: the board sees how the plan goes and how long ago the last review was."""
    walk.on(date(2026, 5, 14), "lead")
    meeting = walk.arranges("Permanence Board", date(2026, 5, 14), "Dora Finch, Director")
    walk.sees_not("It cannot be signed with this chair")
    walk.takes_up(meeting, "VW")
    walk.sees(
        "9 March 2026, 66 days ago",
        "Residential care",
        "A permanent home within 14 months, 3 January 2027",
        "Children's home: 4 months",
    )
