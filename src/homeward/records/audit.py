"""What was seen and done, by whom, in which role, on what basis: one chained entry a request or command.

An entry holds ids and never a name. Its hash is an HMAC over the entry and the hash before it, with a key
that lies outside the database, so that a changed, missing or added row shows (`homeward audit verify`).
Heads of the chains are written to a file outside the database (`anchor`), which shows a chain cut short.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from homeward.records import access, vault
from homeward.records.access import Actor
from homeward.records.models import AuditChild, AuditEntry, AuditHead, Authority, SearchText

KEY = "audit.1"
SEARCH_KEY = "search.1"
# SQLite has one writer at a time; PostgreSQL has sixteen heads to lock, so that few wait.
CHAINS = {"sqlite": 1, "postgresql": 16}
FIRST = "0" * 64
SEARCHES_KEPT = timedelta(days=730)  # 24 months (SECURITY 3.3)
_HASHED = (
    *(
        "chain",
        "seq",
        "at",
        "person_id",
        "role",
        "authority_id",
        "session",
        "ip",
        "action",
        "place",
        "method",
    ),
    *("status", "children", "field_sets", "about", "request", "key", "previous"),
)


@dataclass(slots=True)
class Trail:
    """What one request or command touches, gathered as it happens and written once at its end."""

    place: str
    method: str = ""
    actor: Actor | None = None
    session: str = ""
    ip: str = ""
    request: str = field(default_factory=lambda: secrets.token_hex(8))
    children: dict[str, set[int]] = field(default_factory=dict)
    field_sets: set[str] = field(default_factory=set)
    about: dict[str, Any] = field(default_factory=dict)
    searched: str = ""

    def saw(self, children: Iterable[int], *field_sets: str, basis: str = "") -> None:
        """These children (by pk) are shown or changed; the basis is worked out unless it is given."""
        pks = list(children)
        if self.actor is None and not basis:
            basis = "command"
        found = {basis: pks} if basis else access.basis_of(self.actor, pks) if self.actor else {}
        for name, those in found.items():
            self.children.setdefault(name, set()).update(those)
        self.field_sets.update(field_sets)


def write(trail: Trail, action: str, status: int | None = None) -> AuditEntry:
    """Writes the entry as the last link of a chain; raises when it cannot, and then nothing may be shown."""
    actor = trail.actor
    with transaction.atomic():
        head = _locked_head()
        entry = AuditEntry(
            chain=head.chain,
            seq=head.seq + 1,
            at=settings.NOW(),
            person=actor.person if actor else None,
            role=actor.role.key if actor and actor.role else "",
            authority=actor.authority if actor else None,
            session=trail.session,
            ip=trail.ip,
            action=action,
            place=trail.place[:80],
            method=trail.method,
            status=status,
            children={basis: sorted(pks) for basis, pks in sorted(trail.children.items()) if pks},
            field_sets=sorted(trail.field_sets),
            about=dict(trail.about),
            request=trail.request,
            key=KEY,
            previous=head.hash,
        )
        sealed = b""
        if trail.searched:
            sealed = vault.seal(trail.searched.encode(), SEARCH_KEY, f"search:{trail.request}")
            entry.about["search"] = hashlib.sha256(sealed).hexdigest()
        entry.hash = hash_of(entry)
        entry.save(force_insert=True)
        AuditChild.objects.bulk_create(
            AuditChild(entry=entry, child=pk, basis=basis)
            for basis, pks in entry.children.items()
            for pk in pks
        )
        if sealed:
            SearchText.objects.create(entry=entry, sealed=sealed, at=entry.at)
        AuditHead.objects.filter(pk=head.pk).update(seq=entry.seq, hash=entry.hash)
    return entry


def commanded(place: str, authority: Authority, children: Iterable[int], action: str = "command") -> None:
    """The entry of a command at the machine: whose account, which council, which children."""
    trail = Trail(f"homeward {place}")
    trail.saw(children)
    trail.about = {"account": os.getuid(), "authority": authority.pk}
    write(trail, action)


def _locked_head() -> AuditHead:
    chain = secrets.randbelow(CHAINS[connection.vendor])
    found = AuditHead.objects.select_for_update().filter(chain=chain).first()
    if found is None:
        AuditHead.objects.bulk_create([AuditHead(chain=chain, seq=0, hash=FIRST)], ignore_conflicts=True)
        found = AuditHead.objects.select_for_update().get(chain=chain)
    return found


def hash_of(entry: AuditEntry) -> str:
    """HMAC-SHA256 over the entry with sorted keys and the hash before it."""
    held = {name: getattr(entry, name) for name in _HASHED}
    held["at"] = entry.at.timestamp()
    text = json.dumps(held, sort_keys=True, separators=(",", ":"))
    return hmac.new(vault.key(entry.key), text.encode(), hashlib.sha256).hexdigest()


# ---- Proving that nothing was changed ----


def anchors_file() -> Path:
    """Where the heads are written; a council points HOMEWARD_ANCHORS at a place its DBA cannot change."""
    return Path(os.environ.get("HOMEWARD_ANCHORS") or Path(settings.DATA) / "anchors") / "heads.jsonl"


def anchor() -> int:
    """Writes the head of every chain to the file outside the database; returns how many."""
    heads = list(AuditHead.objects.order_by("chain").values_list("chain", "seq", "hash"))
    file = anchors_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        for chain, seq, found in heads:
            line = {"at": settings.NOW().isoformat(), "chain": chain, "seq": seq, "hash": found}
            line["signed"] = _signed(line)
            out.write(json.dumps(line) + "\n")
        out.flush()
        os.fsync(out.fileno())
    return len(heads)


def _signed(line: dict[str, Any]) -> str:
    text = json.dumps({k: v for k, v in line.items() if k != "signed"}, sort_keys=True)
    return hmac.new(vault.key(KEY), text.encode(), hashlib.sha256).hexdigest()


def verify() -> Iterator[str]:
    """What is wrong with the audit, a sentence each; nothing when every link holds."""
    ends: dict[int, tuple[int, str]] = {}
    wanted = _anchors()
    for entry in AuditEntry.objects.order_by("chain", "seq").iterator(2000):
        seq, before = ends.get(entry.chain, (0, FIRST))
        where = f"Chain {entry.chain}, entry {entry.seq}"
        if entry.seq != seq + 1:
            yield f"{where}: {entry.seq - seq - 1} entries before it are missing."
        elif entry.previous != before:
            yield f"{where} does not follow from the entry before it."
        if entry.hash != hash_of(entry):
            yield f"{where} was changed after it was written."
        anchored = wanted.pop((entry.chain, entry.seq), entry.hash)
        if anchored != entry.hash:
            yield f"{where} is not the entry that was anchored."
        ends[entry.chain] = (entry.seq, entry.hash)
    for chain, seq in sorted(wanted):
        yield f"Chain {chain} was anchored at entry {seq}, which is no longer there."
    for head in AuditHead.objects.order_by("chain"):
        if ends.get(head.chain, (0, FIRST)) != (head.seq, head.hash):
            yield f"Chain {head.chain} should end with entry {head.seq} and does not."
    yield from _children_that_differ()


def _anchors() -> dict[tuple[int, int], str]:
    file = anchors_file()
    found = {}
    for text in file.read_text("utf-8").splitlines() if file.exists() else []:
        line = json.loads(text)
        if line["seq"]:
            good = hmac.compare_digest(_signed(line), line["signed"])
            found[line["chain"], line["seq"]] = line["hash"] if good else "not signed by Homeward"
    return found


def _children_that_differ() -> Iterator[str]:
    """The rows by child repeat what the chained entry says; a difference was put there by hand."""
    shown: dict[int, dict[str, list[int]]] = {}
    for pk, child, basis in AuditChild.objects.order_by("entry", "child").values_list(
        "entry", "child", "basis"
    ):
        shown.setdefault(pk, {}).setdefault(basis, []).append(child)
    for pk, chain, seq, children in AuditEntry.objects.values_list("pk", "chain", "seq", "children"):
        if shown.pop(pk, {}) != children:
            yield f"Chain {chain}, entry {seq}: the list of children shown was changed."


def forget_searches() -> int:
    """Drops search text older than 24 months; the chain holds only its hash and stays whole."""
    number, _ = SearchText.objects.filter(at__lt=settings.NOW() - SEARCHES_KEPT).delete()
    return number
