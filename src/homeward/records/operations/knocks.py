"""Slows down who guesses, and locks nobody out (SECURITY V6.3.1).

Every try is counted before it is checked, so that many at once gain nothing. After some free tries each one
must wait twice as long as the last, up to a limit; a try that came too early is not counted, so nobody can
keep a colleague waiting for longer than the limit. A network from which a person signed in within the last
30 days has a count of its own: strangers who guess do not slow that person down.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from homeward.records.models import Knock

FORGOTTEN = timedelta(hours=1)  # without a failure
WELCOME = timedelta(days=30)
# free tries, and the longest wait in seconds
ACCOUNT, NETWORK, CODE = (5, 60), (50, 30), (5, 300)


def at_the_door(email: str, address: str) -> int:
    """Counts a try with a password; the seconds to wait first, 0 to go on."""
    network = network_of(address)
    known = Knock.objects.filter(key=_key("welcome", email, network), at__gt=timezone.now() - WELCOME)
    account = _key("known", email, network) if known.exists() else _key("account", email)
    return _counted({account: ACCOUNT, _key("network", network): NETWORK})


def came_in(email: str, address: str) -> None:
    """The password was right: the account's count begins anew, and the network is known."""
    network = network_of(address)
    Knock.objects.filter(key__in=[_key("account", email), _key("known", email, network)]).delete()
    Knock.objects.filter(key=_key("network", network), failed__gt=0).update(failed=F("failed") - 1)
    Knock.objects.update_or_create(key=_key("welcome", email, network), defaults={"at": timezone.now()})


def with_a_code(person_pk: int) -> int:
    """Counts a try with a code of the second factor; the seconds to wait first, 0 to go on."""
    return _counted({_key("code", str(person_pk)): CODE})


def code_was_right(person_pk: int, code: str) -> bool:
    """False for a code that was used before (a code of an app holds for half a minute)."""
    with transaction.atomic():
        Knock.objects.filter(key=_key("code", str(person_pk))).delete()
        used = _key("used", str(person_pk), "".join(code.split()))
        now = timezone.now()
        found, new = Knock.objects.get_or_create(key=used, defaults={"at": now})
        if not new and found.at > now - timedelta(minutes=2):
            return False
        Knock.objects.filter(pk=found.pk).update(at=now)
        return True


def tidy() -> None:
    """Drops what no longer counts."""
    now = timezone.now()
    Knock.objects.filter(failed__gt=0, at__lt=now - FORGOTTEN).delete()
    Knock.objects.filter(failed=0, at__lt=now - WELCOME).delete()


def network_of(address: str) -> str:
    """The /24 of an IPv4 address and the /56 of an IPv6 one: what one household or attacker holds."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 56}", strict=False))


def _counted(limits: dict[str, tuple[int, int]]) -> int:
    now = timezone.now()
    with transaction.atomic():
        for key in sorted(limits):
            Knock.objects.get_or_create(key=key, defaults={"at": now})
        rows = list(Knock.objects.select_for_update().filter(key__in=limits).order_by("key"))
        wait = max(_wait(row, *limits[row.key], now=now) for row in rows)
        if wait == 0:
            for row in rows:
                row.failed = 1 if row.at < now - FORGOTTEN else row.failed + 1
                row.at = now
                row.save()
    return wait


def _wait(row: Knock, free: int, longest: int, *, now: datetime) -> int:
    if row.failed < free or row.at < now - FORGOTTEN:
        return 0
    pause = min(2 ** min(row.failed - free + 1, 20), longest)
    return max(0, ceil(pause - (now - row.at).total_seconds()))


def _key(*parts: str) -> str:
    text = "\x1f".join(part.casefold() for part in parts)
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
