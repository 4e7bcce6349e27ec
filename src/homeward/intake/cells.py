"""The cells of councils' files as values: dates in the usual spellings, codes, children's codes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

# A date that cannot be: written, but no day of the calendar between 1900 and 2099.
IMPOSSIBLE = date.min

_TIME = r"(?:[T ]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_BRITISH = re.compile(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}){_TIME}")
_ISO = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){_TIME}")
_UNKNOWN_PARTS = re.compile(r"(zz|\d{1,2})/(zz|\d{1,2})/(zzzz|\d{4})", re.IGNORECASE)
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_WHOLE_NUMBER = re.compile(r"\d+\.0+")


@lru_cache(maxsize=200_000)
def day(cell: str) -> date | None:
    """The date in a cell: dd/mm/yyyy or ISO, a time of day ignored; None if blank, IMPOSSIBLE if no date."""
    text = cell.strip()
    if not text:
        return None
    if found := _BRITISH.fullmatch(text):
        d, m, y = found.groups()
    elif found := _ISO.fullmatch(text):
        y, m, d = found.groups()
    else:
        return IMPOSSIBLE
    try:
        when = date(int(y), int(m), int(d))
    except ValueError:
        return IMPOSSIBLE
    return when if 1900 <= when.year <= 2099 else IMPOSSIBLE


def has_unknown_parts(cell: str) -> bool:
    """Whether a date is written with zz for what is not known (zz/05/2015), as DATE_PERM may be."""
    text = cell.strip().lower()
    return "zz" in text and bool(_UNKNOWN_PARTS.fullmatch(text))


@lru_cache(maxsize=50_000)
def code(cell: str) -> str:
    """A code trimmed and in capitals; a spreadsheet's 1.0 is 1."""
    text = cell.strip().upper()
    return text.split(".")[0] if _WHOLE_NUMBER.fullmatch(text) else text


@lru_cache(maxsize=200_000)
def child_code(cell: str) -> str:
    """A child's code as it is compared: no spaces, no trailing .0, in capitals."""
    text = "".join(cell.split()).upper()
    return text.split(".")[0] if _WHOLE_NUMBER.fullmatch(text) else text


def sex(cell: str) -> str:
    """M, F or U from 1, 2, M, F, U; "" for anything else."""
    return {"1": "M", "2": "F", "M": "M", "F": "F", "U": "U"}.get(code(cell), "")


@lru_cache(maxsize=50_000)
def postcode(cell: str) -> str:
    """A postcode in capitals with one space; "" when it has not the shape of one."""
    text = "".join(cell.split()).upper()
    return f"{text[:-3]} {text[-3:]}" if _POSTCODE.fullmatch(text) else ""


def yes_or_no(cell: str) -> bool | None:
    """True or False from 1/0, Y/N, yes/no; None when blank or neither."""
    return {
        "1": True,
        "Y": True,
        "YES": True,
        "TRUE": True,
        "0": False,
        "N": False,
        "NO": False,
        "FALSE": False,
    }.get(code(cell))


def spoken(when: date) -> str:
    """A date as a person reads it: 5 July 2019."""
    return f"{when.day} {when:%B %Y}"


def year_closed_by(when: date) -> int:
    """The collection year that holds `when`: 2022 runs from 1 April 2021 to 31 March 2022."""
    return when.year + (when.month >= 4)


def year_end(year: int) -> date:
    """The 31 March that closes a collection year."""
    return date(year, 3, 31)


ONE_DAY = timedelta(days=1)
