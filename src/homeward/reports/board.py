"""The report for the corporate parenting board in words: whole for managers, else without small numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeward.domain.measures import ACT, Measure, Target, measures
from homeward.domain.quarters import Quarter
from homeward.domain.small_numbers import LARGEST, RULE, hidden, is_small, share_words
from homeward.records.queries.board import Line, Report, Table
from homeward.records.queries.measures_held import Counted
from homeward.reports import paper, words
from homeward.reports.paper import Block, Bullets, Heading, Notice, Paper, Paragraph

NOT_SHOWN = "not shown"
NO_COMPARISON = "No comparison: a number is not shown."
KNOWN = (
    "Every figure is counted from what is known on the day on which the report is made, earlier quarters "
    "too: what was recorded late stands in the quarter in which it happened. Records that are sealed, such "
    "as after adoption, are in no figure."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it may be read: `height` for a drawing, `says` beside it; both empty where it is hidden."""

    words: str
    height: float | None = None
    says: str = ""
    secret: bool = False


HIDDEN = Shown(NOT_SHOWN, secret=True)


def of_line(line: Line, *, whole: bool, hide: Sequence[bool] = ()) -> list[Shown]:
    """A measure in each quarter; `hide` are quarters whose number a table could give away."""
    shown = [_figure(line.measure.shows, figure, whole=whole) for figure in line.figures]
    return [HIDDEN if at < len(hide) and hide[at] and not whole else each for at, each in enumerate(shown)]


def of_report(report: Report, line: Line, *, whole: bool) -> list[Shown]:
    """A measure as its table lets it be read: the sum of the routes is the measure beside them."""
    if line.measure.counts != "reached":
        return of_line(line, whole=whole)
    routes = next(table for table in report.tables if table.key == "routes")
    sums = [_hidden(routes, at).total for at in range(len(report.quarters))]
    return of_line(line, whole=whole, hide=sums)


def of_table(table: Table, *, whole: bool) -> tuple[list[list[Shown]], list[Shown]]:
    """The rows of a table, and the sums below them where it adds up."""
    quarters = range(len(table.rows[0].figures) if table.rows else 0)
    shown = [[_figure(table.shows, figure, whole=whole) for figure in row.figures] for row in table.rows]
    if not table.adds_up:
        return shown, []
    sums = [_figure(table.shows, table.total(at), whole=True) for at in quarters]
    for at in quarters:
        secret = _hidden(table, at)
        for place, row in enumerate(shown):
            figure = table.rows[place].figures[at]
            row[at] = _figure(table.shows, figure, whole=True)
            if place in secret.parts and not whole:
                row[at] = HIDDEN
        if secret.total and not whole:
            sums[at] = HIDDEN
    return shown, sums


def _hidden(table: Table, at: int) -> Any:
    secret = hidden([len(row.figures[at].children) for row in table.rows])
    return secret._replace(total=secret.total or is_small(len(table.total(at).children)))


def _figure(shows: str, figure: Counted, *, whole: bool) -> Shown:
    if figure.number is None:
        return Shown("no child" if shows == "time" else "not shown to you")
    if shows == "share":
        return _share(figure, whole=whole)
    if shows == "time":
        return _time(figure, whole=whole)
    if is_small(len(figure.children)) and not whole:
        return HIDDEN
    return Shown(f"{figure.number:,}", float(figure.number))


def _share(figure: Counted, *, whole: bool) -> Shown:
    if not figure.whole:
        return Shown("no child")
    percent = figure.percent or 0
    of = f"{figure.number:,} of {figure.whole:,}"
    if whole:
        return Shown(f"{percent}%", float(percent), of)
    said = share_words(len(figure.children), len(figure.rest))
    if said:
        return Shown(said, secret=True)
    return Shown(f"{percent}%", float(percent), of)


def _time(figure: Counted, *, whole: bool) -> Shown:
    days = figure.number or 0
    if whole:
        return Shown(
            words.count(days, "day"),
            float(days),
            f"of {words.count(len(figure.children), 'child', 'children')}",
        )
    if len(figure.children) <= LARGEST:
        return HIDDEN
    months = round(days / 30.44)
    return Shown(words.count(months, "month"), float(months))


def trend(measure: Measure, shown: Sequence[Shown], quarters: Sequence[Quarter]) -> str:
    """The newest quarter beside the one before, in words."""
    before, now = shown[-2], shown[-1]
    if before.secret or now.secret:
        return NO_COMPARISON
    if before.height is None or now.height is None:
        return ""
    if before.height == now.height:
        return "As in the quarter before."
    way = "up" if now.height > before.height else "down"
    said = f"{way} from {before.words} in {quarters[-2].short}."
    if not measure.better:
        return words.begun(said)
    return f"{'Better' if way == measure.better else 'Worse'}: {said}"


def target_words(target: Target | None, newest: Shown) -> str:
    """The council's own target and whether it is met; nothing of the latter where the figure is hidden."""
    if target is None:
        return ""
    said = f"The council’s target: {target.words} ({target.promise})."
    if newest.secret or newest.height is None:
        return said
    return f"{said} {'Met.' if newest.height >= target.least else 'Not met.'}"


# ---- The paper ----


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is to be done about it, who does it (a role, never a name), by when, and what came of it."""

    what: str
    who: str
    by: date | None
    outcome: str


def title(report: Report) -> str:
    return f"Permanence: report for the corporate parenting board, {report.quarter.words}"


def paper_of(report: Report, commentary: Mapping[str, str], actions: Sequence[Agreed]) -> Paper:
    """For the board and its members: no name, and no small number."""
    return Paper(
        title(report),
        report.authority.name,
        "For the corporate parenting board",
        "the corporate parenting board",
        tuple(_blocks(report, commentary, actions)),
    )


def _blocks(report: Report, commentary: Mapping[str, str], actions: Sequence[Agreed]) -> Iterator[Block]:
    yield Notice(RULE)
    told = measures()
    for section in told.sections:
        yield Heading(section.title)
        yield Paragraph(commentary.get(section.key) or "No commentary was written on this part.")
        if lines := report.lines_of(section):
            yield _measures(report, section.title, lines)
        for table in report.tables_of(section):
            yield from _table(report, table)
    yield Heading("What the board agreed to do")
    yield _actions(actions) if actions else Paragraph("No action is open.")
    yield Heading("By corporate parenting principle")
    yield Paragraph(f"{ACT}: those who are parents for the council must have regard to the need to …")
    yield _principles(report)
    yield Heading("How it was counted")
    yield Paragraph(KNOWN)
    yield Bullets(
        tuple(f"{line.measure.title}: {line.measure.means}. {line.measure.source}." for line in report.lines)
    )


def _measures(report: Report, caption: str, lines: Sequence[Line]) -> paper.Table:
    rows = []
    for line in lines:
        shown = of_report(report, line, whole=False)
        said = (trend(line.measure, shown, report.quarters), target_words(line.target, shown[-1]))
        rows.append((line.measure.title, *map(_cell, shown), " ".join(filter(None, said))))
    columns = ("Measure", *(quarter.short for quarter in report.quarters), "Trend and target")
    return paper.Table(caption, columns, tuple(rows), (6, 3, 3, 3, 3, 6))


def _cell(shown: Shown) -> str:
    return f"{shown.words}\n{shown.says}" if shown.says else shown.words


def _table(report: Report, table: Table) -> Iterator[Block]:
    if not table.rows:
        yield Paragraph(table.none)
        return
    shown, sums = of_table(table, whole=False)
    rows = [(row.words, *map(_cell, cells)) for row, cells in zip(table.rows, shown, strict=True)]
    if sums:
        rows.append(("Together", *map(_cell, sums)))
    columns = (table.first, *(quarter.short for quarter in report.quarters))
    yield paper.Table(table.title, columns, tuple(rows), (6, 3, 3, 3, 3))
    if table.note:
        yield Paragraph(table.note)


def _actions(actions: Sequence[Agreed]) -> paper.Table:
    rows = tuple(
        (a.what, a.who, words.day(a.by) or "No date set", a.outcome or "Not yet done") for a in actions
    )
    return paper.Table("Actions", ("What", "Who", "By when", "What came of it"), rows, (6, 3, 3, 5))


def _principles(report: Report) -> paper.Table:
    rows = []
    for principle in measures().principles:
        lines = [line for line in report.lines if line.measure.principle == principle.key]
        said = [f"{line.measure.title}: {of_report(report, line, whole=False)[-1].words}" for line in lines]
        rows.append(
            (f"{principle.paragraph} {principle.says}", "\n".join(said) or "Nothing is measured yet.")
        )
    return paper.Table(
        f"Measures of {report.quarter.words} by principle", ("Principle", "Measures"), tuple(rows), (2, 3)
    )


# ---- The figures as a file ----

HEADINGS = ("Section", "What", "Quarter", "Figure", "Of", "Corporate parenting principle")


def rows_of(report: Report) -> Iterator[tuple[str, ...]]:
    """Every figure of the paper, as the board may read it."""
    told = measures()
    titles = {section.key: section.title for section in told.sections}
    principles = {principle.key: principle.says for principle in told.principles}
    for line in report.lines:
        measure = line.measure
        for quarter, shown in zip(report.quarters, of_report(report, line, whole=False), strict=True):
            about = (quarter.words, shown.words, shown.says, principles[measure.principle])
            yield (titles[measure.section], measure.title, *about)
    for table in report.tables:
        shown_rows, sums = of_table(table, whole=False)
        named = [row.words for row in table.rows] + (["Together"] if sums else [])
        for said, cells in zip(named, [*shown_rows, *([sums] if sums else [])], strict=True):
            for quarter, shown in zip(report.quarters, cells, strict=True):
                yield (
                    titles[table.section],
                    f"{table.title}: {said}",
                    quarter.words,
                    shown.words,
                    shown.says,
                    "",
                )
