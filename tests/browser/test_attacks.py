"""What somebody typed to harm a colleague is shown as what it is; after signing out, Back shows nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect
from tests.cast import NOW, TODAY, Cast, uploads
from tests.test_house import addresses

from homeward.records.models import (
    Allocation,
    BreakGlass,
    Cover,
    Exclusion,
    GroupRole,
    Load,
    RegionalAgency,
    Restriction,
    SavedView,
    Share,
    StoredFile,
    Team,
)

# Ends a title, an attribute, a comment, a text area and a script, and runs when it is looked at.
HARM = "</title>\"'--><img src=x onerror=alert(1)></textarea><script>alert(2)</script>"
WORDS = HARM.replace('"', '""')  # as CSV writes it


def harmful(cast: Cast) -> None:
    """Every text that a person or a file may bring, in every place that keeps one."""
    from homeward.intake.load import load_uploads

    tables = {
        "children.csv": f'child,called,born,sex\nN1,"{WORDS}",2022-09-10,F\n',
        "reviewing_officers.csv": f'child,officer,started,ended\nN1,"{WORDS}",2026-06-12,\n',
        "social_workers.csv": "child,worker,started\nN1,SW1,2026-06-10\n",
    }
    load_uploads(cast.authority, uploads(tables), now=NOW)
    child, priya, helen, marcia = (
        cast.children["Maya"],
        *(cast.people[k] for k in ("priya", "helen", "marcia")),
    )
    type(child).objects.filter(authority=cast.authority).update(called=HARM)
    agency = RegionalAgency.objects.create(name=HARM)
    cast.authority.name, cast.authority.agency = HARM, agency
    cast.authority.save()
    made = {"made_by": marcia, "made_at": NOW}
    team = Team.objects.create(authority=cast.authority, name=HARM)
    cast.people["lindsay"].roles.update(team=team)
    for person in cast.people.values():
        person.name = f"{person.name} {HARM}"
        person.save()
    SavedView.objects.create(person=marcia, authority=cast.authority, name=HARM, query="", shared=True)
    Allocation.objects.create(
        child=child, person=helen, basis="allocated", started_on=TODAY, reason=HARM, **made
    )
    Cover.objects.create(
        authority=cast.authority,
        covered=priya,
        by=helen,
        started_on=TODAY,
        ended_on=TODAY,
        reason=HARM,
        **made,
    )
    Exclusion.objects.create(child=child, person=cast.people["lindsay"], reason=HARM, **made)
    Restriction.objects.create(child=child, level=2, reason=HARM, **made).people.add(
        marcia, cast.people["amina"]
    )
    until = NOW + timedelta(days=1)
    Share.objects.create(child=child, agency=agency, purpose=HARM, field_sets=["core"], until=until, **made)
    BreakGlass.objects.create(
        person=priya,
        child=child,
        role="social_worker",
        category="duty",
        reason=HARM,
        opened_at=NOW,
        until=until,
        review_due_on=TODAY,
    )
    GroupRole.objects.create(authority=cast.authority, group=HARM[:64], key="social_worker", team=team)
    StoredFile.objects.create(
        authority=cast.authority,
        child=child,
        name="a",
        title=HARM,
        kind="image/png",
        size=1,
        sha="a",
        added_by=priya,
        added_at=NOW,
    )
    Load.objects.create(
        authority=cast.authority,
        made_at=NOW,
        person=marcia,
        state="applied",
        files=[HARM],
        report=Load.objects.latest("pk").report,
    )


def test_no_text_runs_on_any_page(cast: Cast, come_in: Any, page: Any, live_server: Any) -> None:
    harmful(cast)
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: heard.append(f"error {error}"))
    page.on("console", lambda line: heard.append(line.text) if "Content Security" in line.text else None)
    page.on("request", lambda asked: heard.append(asked.url) if asked.url.endswith("/x") else None)
    shown = 0
    for who in ("marcia", "lindsay"):
        page.context.clear_cookies()
        come_in(who, "/")
        for _, address in addresses():
            path = address.replace("aaaaaaaaaaaa", cast.children["Maya"].public_id)
            answer = page.context.request.get(live_server.url + path)
            if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
                continue
            page.goto(live_server.url + path, wait_until="load")
            shown += HARM in page.locator("body").inner_text()
            assert not heard, f"{path}: {heard}"
            assert not page.locator("img[src=x]").count(), path
    page.goto(live_server.url + "/sign-in")
    assert HARM in page.locator("body").inner_text()
    assert shown >= 20, shown


def test_what_is_searched_for_is_shown_as_typed(cast: Cast, come_in: Any) -> None:
    page = come_in("marcia", "/children")
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.get_by_role("searchbox").first.fill("<img src=x onerror=alert(1)>")
    page.get_by_role("searchbox").first.press("Enter")
    expect(page.get_by_text("No child you may see")).to_be_visible()
    assert not heard and not page.locator("img[src=x]").count()


def test_after_signing_out_back_shows_no_child(cast: Cast, come_in: Any, live_server: Any) -> None:
    page = come_in("marcia", f"/child/{cast.children['Maya'].public_id}")
    expect(page.locator("h1")).to_have_text("Maya")
    page.goto(live_server.url + "/tracker")
    expect(page.get_by_text("Maya").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    for _ in range(3):
        page.go_back()
        text = page.locator("body").inner_text()
        assert "Maya" not in text and "Theo" not in text
        assert "Sign in" in text
    page.goto(live_server.url + f"/child/{cast.children['Maya'].public_id}")
    assert "Maya" not in page.locator("body").inner_text()
