"""Reads a list of events (child,kind,on,detail) into histories, or says which line is wrong and why."""

from __future__ import annotations

import csv
import io
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from homeward.domain.events import KINDS, Event, History
from homeward.domain.timescales import weeks

HEADER = ["child", "kind", "on", "detail"]


class WrongEvents(Exception):
    """A list of events that cannot be read: the message names the file, the line, the reason and the mend."""


def read_events(path: Path) -> list[History]:
    """Histories in the order in which their children first appear; raises WrongEvents with every fault."""
    rows = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        if header != HEADER:
            raise WrongEvents(f"{path}, line 1: the header must be {','.join(HEADER)}")
        numbered = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise WrongEvents(f"{path}, line {rows.line_num}: not a well-formed CSV row ({error})") from error
    return _histories(path, numbered)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except IsADirectoryError as error:
        raise WrongEvents(f"{path} is a folder; name a CSV file headed {','.join(HEADER)}") from error
    except OSError as error:
        raise WrongEvents(f"{path} cannot be read: {error.strerror}") from error
    if not content.strip():
        raise WrongEvents(f"{path} is empty; its first line must be {','.join(HEADER)}")
    if b"\0" in content:
        raise WrongEvents(f"{path} is not a text file (perhaps a spreadsheet renamed); save it as CSV")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _histories(path: Path, rows: list[tuple[int, list[str]]]) -> list[History]:
    faults: list[str] = []
    events: dict[str, list[Event]] = {}
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        cells = tuple(cell.strip() for cell in row)
        event = _event(cells)
        if isinstance(event, str):
            faults.append(f"{path}, line {line}: {event}")
        elif cells in seen:
            faults.append(f"{path}, line {line}: the same row as line {seen[cells]}; take one of them out")
        else:
            seen[cells] = line
            events.setdefault(cells[0], []).append(event)
    if faults:
        raise WrongEvents("\n".join(faults))
    return [History(child, listed) for child, listed in events.items()]


def _event(cells: tuple[str, ...]) -> Event | str:
    """The event of a row, or what is wrong with the row."""
    if len(cells) not in (3, 4):
        return f"{len(cells)} cells where there should be 4 ({','.join(HEADER)})"
    child, kind, on, detail = (*cells, "")[:4]
    if not child:
        return "the child is missing"
    if kind not in KINDS:
        return f'"{kind}" is not a kind of event{_nearest(kind)}'
    try:
        day = date.fromisoformat(on) if len(on) == 10 else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2098:
        return f'"{on}" is not a date; write it as 2026-03-31'
    if kind == "court_extension_granted" and not _is_weeks(detail):
        return f'"{detail}" is not a number of weeks; write the weeks that the court granted, for instance 8'
    return Event(day, kind, detail)


def _nearest(kind: str) -> str:
    near = get_close_matches(kind, KINDS, 1)
    return f"; did you mean {near[0]}?" if near else "; docs/reference/bundle.md lists the kinds"


def _is_weeks(detail: str) -> bool:
    try:
        return 0 < weeks(detail) < 521
    except ValueError:
        return False
