"""Say what every rule of a policy means for the children in a list of events.

Example: homeward deadlines --policy england,slough --events history.csv --as-at 2026-03-31 --format json
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date
from pathlib import Path

from homeward.domain.policy import OWNERS, PACKS, Policy, PolicyError, load, sentence
from homeward.domain.timescales import judge
from homeward.domain.wording import FORCE_WORDS, status_words
from homeward.intake.event_list import WrongEvents, read_events

COLUMNS = ("child", "rule", "title", "force", "counted_from", "due_on", "met_on", "status", "days", "owner")


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f'"{text}" is not a date; write it as 2026-03-31') from error


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--policy", required=True, metavar="NAMES", help=f"packs with commas: {', '.join(PACKS)}"
    )
    parser.add_argument(
        "--events", type=Path, metavar="FILE", help="CSV with the header child,kind,on,detail"
    )
    parser.add_argument("--as-at", type=a_day, metavar="DATE", help="the day to look from (default: today)")
    parser.add_argument("--format", choices=("json", "csv", "table"), default="table")
    parser.add_argument("--rules", action="store_true", help="print the rules in words instead")


def run(args: Namespace) -> int:
    try:
        policy = load([name.strip() for name in args.policy.split(",") if name.strip()])
        if args.rules:
            print("\n".join(in_words(policy)))
            return 0
        if args.events is None:
            print("homeward deadlines: say which events with --events FILE, or --rules", file=sys.stderr)
            return 2
        rows = _rows(policy, args.events, args.as_at or _today())
    except (PolicyError, WrongEvents) as error:
        print(error, file=sys.stderr)
        return 1
    _print(rows, args.format)
    return 0


def _today() -> date:
    from homeward.config.today import today

    return today()


def _rows(policy: Policy, events: Path, as_at: date) -> list[dict[str, object]]:
    return [
        deadline.as_json(history.child, as_at)
        for history in read_events(events)
        for deadline in judge(policy, history, as_at)
    ]


def _print(rows: list[dict[str, object]], form: str) -> None:
    if form == "json":
        json.dump(rows, sys.stdout, indent=1, ensure_ascii=False)
        print()
    elif form == "csv":
        from homeward.reports import tables

        tables.write_csv(sys.stdout, COLUMNS, ([_flat(row[name]) for name in COLUMNS] for row in rows))
    else:
        for row in rows:
            print(f"{row['child']:<12} {_status(row):<34} {row['title']}")


def _flat(value: object) -> object:
    return f"{value['kind']} {value['on']}" if isinstance(value, dict) else value


def _status(row: dict[str, object]) -> str:
    due = row["due_on"]
    return status_words(
        str(row["status"]),
        date.fromisoformat(str(due)) if due else None,
        int(str(row["days"])) if row["days"] is not None else None,
        "see why",
    )


def in_words(policy: Policy) -> list[str]:
    """Each rule in one sentence with its force and source; those switched off say why."""
    lines = []
    for rule in (*policy.rules, *policy.off):
        refs = ", ".join((*rule.ids, *rule.promises))
        source = f"{rule.source.document}{', ' + rule.source.section if rule.source.section else ''}"
        off = f" Switched off: {rule.off}" if rule.off else ""
        said_by = f"{FORCE_WORDS[rule.force]}; {source}; {OWNERS[rule.owner]}"
        lines.append(f"{rule.key} ({refs}): {sentence(rule)} [{said_by}]{off}")
    return lines
