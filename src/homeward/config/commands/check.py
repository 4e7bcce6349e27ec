"""Check the policy, the triggers and the kept copies; say what is wrong, and mend what can be worked out.

Example: homeward check --mend
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--mend", action="store_true", help="write missing triggers and the kept copies anew")


def run(args: Namespace) -> int:
    from homeward.config.database import ready

    ready()
    from homeward.domain.policy import PACKS, load
    from homeward.records import keep, triggers
    from homeward.records.models import Authority, Child

    load(PACKS)
    wrong = [f"The trigger {name} is missing." for name in triggers.missing()]
    if wrong and args.mend:
        triggers.write()
    for authority in Authority.objects.order_by("slug"):
        found = keep.differences(authority)
        wrong += [f"{authority.slug}: {words}" for words in found]
        if found and args.mend:
            keep.refresh(authority, Child.objects.filter(authority=authority).values_list("pk", flat=True))
    for words in wrong:
        print(words)
    print("All is well." if not wrong else f"{len(wrong)} found{', mended' if args.mend else ''}.")
    return 0 if not wrong or args.mend else 1
