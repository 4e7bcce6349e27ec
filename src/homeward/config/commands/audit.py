"""Prove that the audit was not changed, write its heads out, or drop search text that is past its time.

Example: homeward audit verify
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "act",
        choices=("verify", "anchor", "forget-searches"),
        help="verify every link; write the heads to the anchors' file; drop search text older than 24 months",
    )


def run(args: Namespace) -> int:
    from homeward.config.database import ready

    ready()
    from homeward.records import audit
    from homeward.records.models import AuditEntry

    if args.act == "anchor":
        print(f"{audit.anchor()} heads written to {audit.anchors_file()}.")
        return 0
    if args.act == "forget-searches":
        print(f"{audit.forget_searches()} searches forgotten.")
        return 0
    wrong = list(audit.verify())
    for words in wrong:
        print(words)
    number = AuditEntry.objects.count()
    print(f"{number} entries, every link holds." if not wrong else f"{number} entries; {len(wrong)} wrong.")
    return 1 if wrong else 0
