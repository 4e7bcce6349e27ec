"""Print the permanence tracker of an authority as at a day.

Example: homeward tracker --authority slough --as-at 2022-03-31 --format json
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

from homeward.config.commands.deadlines import a_day

COLUMNS = ("child", "called", "in_care", "in_care_since", "legal_status", "placement", "main_plan", "stage")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--authority", required=True, metavar="NAME")
    parser.add_argument("--as-at", type=a_day, metavar="DATE", help="the day to look from (default: today)")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")


def run(args: Namespace) -> int:
    from homeward.config.database import ready

    ready()
    from homeward.config.today import today
    from homeward.records import audit
    from homeward.records.queries.authorities import authority_named

    try:
        authority = authority_named(args.authority)
    except LookupError as error:
        print(error.args[0], file=sys.stderr)
        return 1
    found, shown = rows(authority, args.as_at or today())
    audit.commanded("tracker", authority, shown)
    _print(found, args.format)
    return 0


def rows(authority: Any, as_at: date) -> tuple[list[dict[str, Any]], list[int]]:
    """One object for each child in scope on the day (DESIGN, Commands), and who they are (pk)."""
    from homeward.domain.standing import standing
    from homeward.domain.timescales import judge
    from homeward.records.access import children_for_commands
    from homeward.records.history import histories
    from homeward.records.queries.authorities import policy_of

    children = children_for_commands(authority)
    called = dict(children.values_list("pk", "called"))
    policy = policy_of(authority)
    found, shown = [], []
    for pk, history in histories(children.order_by("code")):
        now = standing(history, as_at)
        if now.in_scope:
            shown.append(pk)
            found.append(
                {
                    "child": history.child,
                    "called": called[pk],
                    "in_care": now.in_care,
                    "in_care_since": now.in_care_since.isoformat() if now.in_care_since else None,
                    "legal_status": now.legal_status,
                    "placement": now.placement,
                    "main_plan": now.main_plan,
                    "parallel_plan": now.parallel_plan,
                    "contingency_plan": now.contingency_plan,
                    "stage": now.stage,
                    "deadlines": [d.as_json(history.child, as_at) for d in judge(policy, history, as_at)],
                }
            )
    return found, shown


def _print(found: list[dict[str, Any]], form: str) -> None:
    if form == "json":
        json.dump(found, sys.stdout, indent=1, ensure_ascii=False)
        print()
        return
    for child in found:
        late = sum(deadline["status"] == "overdue" for deadline in child["deadlines"])
        soon = sum(deadline["status"] == "due_soon" for deadline in child["deadlines"])
        child |= {"overdue": late, "due_soon": soon}
    columns = (*COLUMNS, "overdue", "due_soon")
    if form == "csv":
        from homeward.reports import tables

        tables.write_csv(sys.stdout, columns, ([child[name] for name in columns] for child in found))
        return
    from homeward.domain.standing import ROUTE_WORDS, STAGES

    print(
        f"{'Child':<14}{'In care since':<15}{'Status':<8}{'Home':<6}{'Plan':<24}{'Late':>5}{'Soon':>5}  Stage"
    )
    for child in found:
        plan = ROUTE_WORDS.get(child["main_plan"], "–")
        since = child["in_care_since"] or ("start not held" if child["in_care"] else "–")
        print(
            f"{child['child']:<14}{since:<15}{child['legal_status']:<8}{child['placement']:<6}{plan:<24}"
            f"{child['overdue']:>5}{child['due_soon']:>5}  {STAGES[child['stage']]}"
        )
    print(f"{len(found)} children.")
