"""Who walks a journey, and the moves that several steps share: each on its day, by a person with a role."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from playwright.sync_api import expect

from homeward.config.today import LONDON

PLACES = ("Merton", "Lambeth", "Slough", "Dudley", "Croydon")
# key: (name, role, ids of the workers whose children are theirs)
PEOPLE: dict[str, tuple[str, str, list[str]]] = {
    "lead": ("Lena Okoro", "permanence_lead", []),
    "worker": ("Sam Reed", "social_worker", ["SW1"]),
    "manager": ("Tess Hall", "team_manager", ["SW1"]),
    "iro": ("Ian Marsh", "iro", []),
    "head": ("Hugh Bell", "head_of_service", []),
    "director": ("Dora Finch", "director", []),
}
Tables = Mapping[str, str]


def council(pack: str) -> Any:
    """A council of a pack with one person in each role of the journeys; nobody is on its record yet."""
    from homeward.records.models import Authority, Person, Role, Team

    name = pack.capitalize()
    authority = Authority.objects.create(slug=pack, name=name, pack=pack, demonstration=True)
    team = Team.objects.create(authority=authority, name="Children in care")
    for key, (called, role, workers) in PEOPLE.items():
        person = Person.objects.create(email=f"{key}@{pack}.example", name=called, is_demonstration=True)
        its = team if workers else None
        Role.objects.create(person=person, authority=authority, key=role, workers=workers, team=its)
    return authority


class Walk:
    """The browser, the day, and who is signed in; `seen` remembers the pages that axe has looked at."""

    def __init__(self, page: Any, url: str, settings: Any, accessible: Callable[[Any], None]) -> None:
        self.page, self.url, self.settings = page, url, settings
        self.accessible, self.seen = accessible, set[str]()

    def on(self, day: date, who: str) -> None:
        """It is ten in the morning of this day, and this person has just signed in."""
        self.settings.TODAY = lambda: day
        self.settings.NOW = lambda: datetime.combine(day, time(10), LONDON)
        self.page.context.clear_cookies()
        self.page.goto(f"{self.url}/sign-in")
        self.page.get_by_role("button", name=f"Sign in as {PEOPLE[who][0]}").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def go(self, address: str) -> Any:
        self.page.goto(self.url + address)
        self.look()
        return self.page

    def look(self) -> None:
        """axe looks at each sort of page once."""
        sort = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|/[\w-]{10,}|\d+", "", self.page.url.partition("?")[0])
        if sort not in self.seen:
            self.seen.add(sort)
            self.accessible(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.look()

    def fill(self, **values: str) -> None:
        """Fills fields by their labels, `_` for a space."""
        for label, value in values.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(value)

    def sees(self, *words: str) -> None:
        for each in words:
            expect(self.page.get_by_role("main")).to_contain_text(each, timeout=8_000)

    def sees_not(self, *words: str) -> None:
        for each in words:
            expect(self.page.get_by_role("main")).not_to_contain_text(each)

    def why(self, title: str) -> None:
        self.page.get_by_text(f"Why this date? {title}").first.click()

    # Moves

    def imports(self, files: Tables) -> None:
        """Gives the files to the import page, looks at what would change, and applies it."""
        page = self.go("/import")
        page.locator("#files").set_input_files(
            [
                {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
                for name, content in files.items()
            ]
        )
        self.press("See what would change")
        expect(page.get_by_role("heading", name="What would change")).to_be_visible()
        self.look()

    def child(self, code: str) -> str:
        """The address of a child's record."""
        from homeward.records.models import Child

        return f"/child/{Child.objects.get(code=code).public_id}"

    def arranges(self, series: str, on: date, chair: str) -> str:
        """Arranges a meeting through the page; gives its address."""
        page = self.go("/meetings/arrange")
        page.get_by_label("Which meeting").select_option(label=series)
        page.get_by_label("Day", exact=True).fill(on.isoformat())
        page.get_by_label("Who chairs").select_option(label=chair)
        page.get_by_role("button", name="Arrange it").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(series)
        self.look()
        address: str = page.url.removeprefix(self.url)
        return address

    def takes_up(self, meeting: str, child: str) -> None:
        """Builds the agenda from the rules and puts everyone listed on it; opens the child's minutes."""
        page = self.go(f"{meeting}/agenda")
        self.sees(child)
        for group in page.locator("details:not([open]) > summary").all():
            group.click()
        page.get_by_role("checkbox", name=re.compile(child)).check()
        self.press("Put the chosen children on the agenda")
        self.look()
        self.minutes_of(child)

    def minutes_of(self, child: str) -> None:
        self.page.get_by_role("link", name=re.compile(rf"(Take minutes|Go on writing)\W+{child}")).click()
        self.look()

    def answers_each_heading(self) -> None:
        for field in self.page.locator("textarea[name^=section_]").all():
            field.fill("Talked through")

    def goes_on(self, reason: str) -> None:
        """Says the child is done; what the policy then still asks, and lets go on, is given this reason."""
        self.press("This child is done")
        asked = self.page.locator("textarea[name^=gate_]").all()
        if asked:
            for field in asked:
                field.fill(reason)
            self.press("This child is done")
        expect(self.page.get_by_role("link", name="Check and sign")).to_be_visible()

    def signs(self, meeting: str) -> None:
        self.go(f"{meeting}/sign")
        self.press("Sign the record")
        self.sees("Signed by")
        self.look()
