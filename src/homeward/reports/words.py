"""What the clock and the codes say, in the words a person reads (DECISIONS, "Words on screen")."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time

from homeward.domain import codes
from homeward.domain.calendar import add_months, age
from homeward.domain.standing import ROUTE_WORDS
from homeward.domain.wording import day_words

TONES = {
    "overdue": "late",
    "done_late": "late",
    "due_soon": "soon",
    "on_track": "ok",
    "done_on_time": "ok",
}
POSITIONS = {
    "main": "Main plan",
    "parallel": "Alongside",
    "contingency": "If these fail",
}

NOT_SHOWN = "Not shown to you"  # a field set that the role, or what is shared, does not hold


def label(column: str, code: str) -> str:
    """An SSDA903 code in words that begin a line."""
    return begun(codes.label(column, code))


def begun(text: str) -> str:
    """Words that begin a line."""
    return text[:1].upper() + text[1:]


def with_article(noun: str) -> str:
    """a care order, an adoption order."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def legal_status(code: str, fields: Collection[str]) -> str:
    """A child's legal status for whoever is shown these field sets."""
    if "legal" not in fields:
        return NOT_SHOWN
    return label("LS", code) if code else "Not in our care"


def route(key: str) -> str:
    """What a plan is for: a route of `domain.events.ROUTES`."""
    return ROUTE_WORDS.get(key, "")


def day(on: date | None) -> str:
    """24 January 2027."""
    return day_words(on) if on else ""


def weekday(on: date) -> str:
    """Sunday 24 January 2027."""
    return f"{on:%A} {day_words(on)}"


def short_day(on: date | None) -> str:
    """24 Jan 2027."""
    return f"{on.day} {on:%b %Y}" if on else ""


def count(number: int, one: str, many: str = "") -> str:
    """1 child, 1,204 children."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def age_words(born: date | None, expected: date | None, on: date) -> str:
    """4 years, 2 months; for a baby, weeks; for an unborn child, when the birth is expected."""
    if born is None or born > on:
        return f"due {day(expected)}" if expected else "age not known"
    years = age(born, on)
    months = next(n for n in range(11, -1, -1) if add_months(born, years * 12 + n) <= on or n == 0)
    if years >= 10:
        return count(years, "year")
    if years:
        return count(years, "year") + (f", {count(months, 'month')}" if months else "")
    return count(months, "month") if months >= 3 else count((on - born).days // 7, "week")


def span(first: date, last: date) -> str:
    """13 years, 9 months; 5 months; 8 weeks; 3 days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if add_months(first, months) > last:
        months -= 1
    years, months = divmod(months, 12)
    if years:
        return count(years, "year") + (f", {count(months, 'month')}" if months else "")
    if months >= 3:
        return count(months, "month")
    days = (last - first).days
    return count(days // 7, "week") if days >= 14 else count(days, "day")


def ago(on: date | None, today: date) -> str:
    """today, yesterday, 3 days ago, 2 weeks ago, then the date."""
    if on is None:
        return ""
    days = (today - on).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 14:
        return f"{days} days ago"
    return f"{days // 7} weeks ago" if days < 60 else day(on)


def clock(at: time | None) -> str:
    """10am, 2:05pm, midday, midnight."""
    if at is None:
        return ""
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'pm' if at.hour >= 12 else 'am'}"
