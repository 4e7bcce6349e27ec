"""List and check the policies, say one in words, or print the promise ledger.

Example: homeward policy --rules slough
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace

from homeward.domain.policy import PACKS, PolicyError, load


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rules", metavar="NAME", help="the rules of one policy in words")
    parser.add_argument("--ledger", action="store_true", help="every promise, its state and where it is kept")
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(args: Namespace) -> int:
    from homeward.domain.packs import PackError

    try:
        if args.ledger:
            return _ledger(args.format)
        if args.rules:
            from homeward.config.commands.deadlines import in_words

            print("\n".join(in_words(load([args.rules]))))
            return 0
        return _check(args.format)
    except (PolicyError, PackError) as error:
        print(error, file=sys.stderr)
        return 1


def _check(form: str) -> int:
    from homeward.domain.packs import pack

    listed = []
    for name in PACKS:
        policy = load([name])
        listed.append(
            {"policy": name, "title": pack(name).title, "rules": len(policy.rules), "off": len(policy.off)}
        )
    if form == "json":
        print(json.dumps(listed, indent=1, ensure_ascii=False))
    else:
        for row in listed:
            print(f"{row['policy']:<10} {row['rules']:>3} rules, {row['off']} switched off   {row['title']}")
    return 0


def _ledger(form: str) -> int:
    from homeward.domain.ledger import load as promises

    rows = [
        {"id": p.id, "council": p.council, "state": p.state, "where": list(p.where), "why": p.why}
        for p in promises()
    ]
    if form == "json":
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        for row in rows:
            print(f"{row['id']}  {row['state']:<13} {', '.join(row['where']) or row['why']}")
    return 0
