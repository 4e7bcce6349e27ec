"""The two drawings of a child's time in care, as plain geometry that templates turn into SVG."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from homeward.domain.calendar import add_months
from homeward.reports.words import count, day, short_day

HOME_TONES = (
    ("home", "foster home"),
    ("kin", "family or friends"),
    ("parents", "with parents"),
    ("adoption", "adoptive home"),
    ("residential", "children’s home or school"),
    ("independent", "own or supported place"),
    ("other", "other or not known"),
)
_RESIDENTIAL = ("K", "R", "S", "H")


def home_tone(place: str) -> str:
    """The colour of a home, by its SSDA903 code."""
    if place in ("U1", "U2", "U3", "Q1", "F1"):
        return "kin"
    if place.startswith(("U", "Q", "F")):
        return "home"
    if place.startswith("A"):
        return "adoption"
    if place == "P1":
        return "parents"
    if place in ("P2", "P3", "H5"):
        return "independent"
    return "residential" if place.startswith(_RESIDENTIAL) else "other"


@dataclass(frozen=True, slots=True)
class Stay:
    """A run of days with a code: a home, a legal status or a plan; `end` is None while it runs."""

    code: str
    start: date
    end: date | None
    words: str = ""


# ---- The bar on the tracker: one block a home, the length is the time in care ----

BAR_WIDTH = 190
BAR_MONTHS = 36
# A line with a tick every six months, as the path of an SVG.
_BAR_SCALE = f"M0 20h{BAR_WIDTH}" + "".join(f"M{n * BAR_WIDTH / 6:.1f} 17v6" for n in range(1, 7))


@dataclass(slots=True)
class Bar:
    width: int
    scale: str
    blocks: list[dict[str, object]]
    missed: float | None
    more: bool
    words: str
    label: str


def bar(stays: list[Stay], since: date, as_at: date, missed_on: date | None) -> Bar:
    """Homes of this period of care (the last three years of it), and the oldest date still overdue."""
    first = max(since, add_months(as_at, -BAR_MONTHS))

    def x(on: date) -> float:
        return round(max(0.0, min(BAR_WIDTH, (on - first).days / 30.44 * BAR_WIDTH / BAR_MONTHS)), 1)

    inside = [s for s in stays if (s.end is None or s.end > since) and s.start <= as_at and s.code[:1] != "T"]
    blocks: list[dict[str, object]] = []
    for stay in inside:
        left, right = x(max(stay.start, first)), x(min(stay.end or as_at, as_at))
        if right > 0 or first == since:
            width = round(max(right - left - 1.2, 1.5), 1)
            blocks.append({"tone": home_tone(stay.code), "x": left, "width": width})
    months = (as_at.year - since.year) * 12 + as_at.month - since.month - (as_at.day < since.day)
    label = f"{count(months, 'month')}, {count(len(inside), 'home')}"
    return Bar(
        width=BAR_WIDTH,
        scale=_BAR_SCALE,
        blocks=blocks,
        missed=x(missed_on) if missed_on and missed_on >= first else None,
        more=months > BAR_MONTHS,
        words=f"In care {label}" + (f"; oldest overdue date {day(missed_on)}" if missed_on else ""),
        label=label,
    )


# ---- The life line on the child's pages ----

LEFT = 92
WIDTH = 1130
LANE = 46
TOP = 34
ROOM = 262  # at the right, for the words of the last dates
CHARACTER = 6.7  # width of a letter at 13 pixels, on the generous side


@dataclass(slots=True)
class Dot:
    """A meeting (circle) or a date (diamond)."""

    on: date
    words: str
    title: str
    tone: str
    shape: str = "circle"


@dataclass(slots=True)
class Lane:
    name: str
    y: int
    bars: list[dict[str, object]] = field(default_factory=list)
    dots: list[dict[str, object]] = field(default_factory=list)


@dataclass(slots=True)
class LifeLine:
    width: int
    height: int
    foot: int
    words: str
    ticks: list[dict[str, object]]
    lanes: list[Lane]
    today_x: float
    today_text_x: float
    today_text_y: int
    today_anchor: str
    today_words: str


@dataclass(slots=True)
class Scale:
    start: date
    end: date

    def x(self, on: date) -> float:
        part = (on - self.start).days / max(1, (self.end - self.start).days)
        return round(LEFT + min(1.0, max(0.0, part)) * (WIDTH - LEFT - ROOM), 1)


def life_line(
    bars: list[tuple[str, list[Stay], str]],
    meetings: list[Dot],
    dates: list[Dot],
    start: date,
    as_at: date,
    words: str,
    today: date,
) -> LifeLine:
    """Lanes of law, home and plan over time, then meetings, then dates; `bars` are (name, stays, kind)."""
    furthest = max([d.on for d in dates if d.on <= add_months(as_at, 7)], default=as_at)
    scale = Scale(start, max(furthest, as_at + timedelta(days=(as_at - start).days // 20)))
    lanes = [_bar_lane(scale, at, name, stays, kind, as_at) for at, (name, stays, kind) in enumerate(bars)]
    lanes.append(_meeting_lane(scale, len(lanes), meetings))
    dates_lane, rows = _date_lane(scale, len(lanes), [d for d in dates if start <= d.on <= scale.end], as_at)
    lanes.append(dates_lane)
    foot = TOP + LANE * (len(lanes) - 1) + max(1, rows) * 20 + 8
    now = scale.x(as_at)
    near_right = now > WIDTH - 100
    return LifeLine(
        width=WIDTH,
        height=foot + 22,
        foot=foot,
        words=words,
        ticks=_ticks(scale),
        lanes=lanes,
        today_x=now,
        today_text_x=now - 6 if near_right else now + 6,
        today_text_y=foot + 15,
        today_anchor="end" if near_right else "start",
        today_words="today" if as_at == today else f"as at {short_day(as_at)}",
    )


def _ticks(scale: Scale) -> list[dict[str, object]]:
    """A line a month, a quarter or a year, with words wherever they have room."""
    days = (scale.end - scale.start).days
    step = next((m for limit, m in ((500, 1), (1100, 3), (2200, 6)) if days <= limit), 12)
    on = scale.start.replace(day=1, month=1)
    found: list[dict[str, object]] = []
    while on <= scale.end:
        if on >= scale.start:
            new_year = on.month == 1
            words = str(on.year) if new_year else f"{on:%b}"
            found.append({"x": scale.x(on), "tone": "year" if new_year else "grid", "words": words})
        on = add_months(on, step)
    return found


def _bar_lane(scale: Scale, at: int, name: str, stays: list[Stay], kind: str, as_at: date) -> Lane:
    y = TOP + LANE * at
    lane = Lane(name, y + 18)
    for stay in stays:
        end = min(stay.end or as_at, as_at)
        if end < scale.start or stay.start > as_at:
            continue
        left, right = scale.x(max(stay.start, scale.start)), scale.x(end)
        width = max(2.0, right - left - 1.5)
        room = int((width - 12) / CHARACTER)
        words = (
            stay.words
            if len(stay.words) <= room
            else (stay.words[: room - 1].rstrip() + "…" if room > 4 else "")
        )
        tone = home_tone(stay.code) if kind == "home" else stay.code
        until = f" to {day(stay.end)}" if stay.end else ", still so"
        lane.bars.append(
            {
                "tone": tone,
                "x": left,
                "y": y,
                "width": round(width, 1),
                "title": f"{stay.words}: {day(stay.start)}{until}",
                "words": words,
                "ink": "on-light" if tone in ("agreed", "plan-beside") else "on-dark",
                "text_x": left + 7,
                "text_y": y + 18,
            }
        )
    return lane


def _meeting_lane(scale: Scale, at: int, meetings: list[Dot]) -> Lane:
    y = TOP + LANE * at + 8
    lane = Lane("Meetings", y + 5)
    free_from = 0.0
    for dot in sorted(meetings, key=lambda d: d.on):
        if not scale.start <= dot.on <= scale.end:
            continue
        x = scale.x(dot.on)
        half = len(dot.words) * CHARACTER / 2
        words = dot.words if x - half >= free_from else ""
        if words:
            free_from = x + half + 6
        radius = 4 if dot.tone == "visit" else 6
        place = {"text_x": x, "text_y": y + 21, "anchor": "middle", "ink": "axis"}
        lane.dots.append(
            {
                "x": x,
                "y": y,
                "r": radius,
                "tone": dot.tone,
                "title": dot.title,
                "words": words,
                "shape": "circle",
                **place,
            }
        )
    return lane


def _date_lane(scale: Scale, at: int, dates: list[Dot], as_at: date) -> tuple[Lane, int]:
    """Diamonds on as many rows as their words need, at most six."""
    y = TOP + LANE * at
    lane = Lane("Dates", y + 13)
    ends: list[float] = []
    for dot in sorted(dates, key=lambda d: d.on):
        x = scale.x(dot.on)
        length = len(dot.words) * CHARACTER + 14
        left_side = x + length > WIDTH or (dot.on < as_at and x - length > LEFT)
        begins = x - length if left_side else x - 8
        row = next((n for n, end in enumerate(ends) if end < begins), len(ends))
        words = dot.words
        if row > 5:
            row, words = 5, ""
        if row == len(ends):
            ends.append(0.0)
        ends[row] = max(ends[row], x + 10 if left_side or not words else x + length + 4)
        top = y + row * 20
        lane.dots.append(
            {
                "x": x,
                "top": top,
                "tone": dot.tone,
                "title": dot.title,
                "words": words,
                "shape": "diamond",
                "text_x": x - 11 if left_side else x + 11,
                "text_y": top + 13,
                "anchor": "end" if left_side else "start",
                "ink": "on-light",
            }
        )
    return lane, len(ends)
