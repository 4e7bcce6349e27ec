"""Check policy, triggers, ledger and kept copies; say what is wrong, and mend what can be worked out.

Example: homeward check --mend
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--mend", action="store_true", help="write missing triggers and the kept copies anew")


def run(args: Namespace) -> int:
    from homeward.config.database import ready
    from homeward.config.today import now

    ready()
    from homeward.domain.policy import PACKS, load
    from homeward.records import keep, protections, row_security, triggers
    from homeward.records.models import Authority, Child, DisposalPermit
    from homeward.records.operations import files, sessions

    load(PACKS)
    sessions.forget()
    wrong = [f"The trigger {name} is missing." for name in triggers.missing()]
    wrong += [f"The policy {name} is missing." for name in row_security.missing()]
    if wrong and args.mend:
        triggers.write()
        row_security.write()
    wrong += [
        f"A disposal permit stands for child {pk}."
        for pk in DisposalPermit.objects.values_list("child_id", flat=True)
    ]
    for public_id, at in protections.unlisted():
        wrong.append(f"The seal of {at:%d %B %Y at %H:%M} is not in the ledger, which was cut short or lost.")
        if args.mend:
            protections.note(public_id, protections.SEALED, at)
    for authority in Authority.objects.order_by("slug"):
        found = keep.differences(authority)
        wrong += [f"{authority.slug}: {words}" for words in found]
        if found and args.mend:
            keep.refresh(authority, Child.objects.filter(authority=authority).values_list("pk", flat=True))
    if left := files.left_over(now()):
        wrong.append(f"{len(left)} sealed files are left over from broken-off saves and removals.")
        if args.mend:
            files.sweep(now())
    lost = [f"{f.authority.slug}: file {f.pk} is lost; take it from a backup." for f in files.lost()]
    for words in (*wrong, *lost):
        print(words)
    mended = f", {len(wrong)} mended" if args.mend else ""
    print(f"{len(wrong) + len(lost)} found{mended}." if wrong or lost else "All is well.")
    return 1 if lost or (wrong and not args.mend) else 0
