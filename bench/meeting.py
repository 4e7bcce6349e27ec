"""Times a weekly meeting about a hundred children of a council of a thousand, from agenda to paper.

python bench/meeting.py [CHILDREN [HEARD]]     # one process; Slough's Permanence Monitoring Group
"""

from __future__ import annotations

import os
import re
import resource
import secrets
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generate import write_returns
from importing import timed

import pages

SERIES, HEARD, TURNS = "permanence_monitoring_group", 100, 5
TEXT = "The child wants to stay with the carers and to see the grandmother every month. "
LISTS = {"others": 2, "decisions": 1, "actions": 2, "options": 1}


def measure(children: int, heard: int) -> dict[str, float]:
    """Milliseconds of work of each step at the server, other programs left out; the PDF in seconds."""
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as folder:
        write_returns(children, Path(made))
        timed(["import", made, "--authority", "slough"], Path(folder))
        timed(pages.ADD.split(), Path(folder))
        os.environ |= {"HOMEWARD_DATA": folder, "DJANGO_SETTINGS_MODULE": "homeward.config.settings"}
        return _held(pages.signed_in(), heard)


def _held(client: Any, heard: int) -> dict[str, float]:
    meeting = _arranged(client)
    found = {"agenda": _median(lambda: client.get(f"{meeting}/agenda"), 200)}
    listed = re.findall(r'name="children" value="([\w-]+)"', client.get(f"{meeting}/agenda").content.decode())
    found["put on agenda"] = _once(client, f"{meeting}/agenda", {"children": listed[:heard]})
    found["meeting"] = _median(lambda: client.get(meeting), 200)
    items = re.findall(rf"{meeting}/items/\d+", client.get(meeting).content.decode())
    items = list(dict.fromkeys(items))[:heard]
    if len(items) != heard:
        raise RuntimeError(f"{len(items)} children are on the agenda and {heard} were wanted")
    found["minutes page"] = _median(lambda: client.get(items[0]), 200)
    found["minute saved"] = statistics.median(_saved(client, item) for item in items)
    found["sign page"] = _median(lambda: client.get(f"{meeting}/sign"), 200)
    found["signed"] = _once(client, f"{meeting}/sign", _as_read(client, f"{meeting}/sign"))
    if "Signed by" not in client.get(meeting).content.decode():
        raise RuntimeError("the meeting was not signed")
    began = _work()
    paper = client.get(f"{meeting}/record?for=colleague&as=pdf")
    size = sum(len(part) for part in paper.streaming_content)
    found["pdf"] = _work() - began
    if paper.status_code != 200 or size < 2_000 * heard:
        raise RuntimeError(f"the record answered {paper.status_code} with {size} bytes")
    return found


def _work() -> float:
    """Seconds that this process and those it started have worked, the database among them (SQLite)."""
    own, started = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def _arranged(client: Any) -> str:
    from django.conf import settings

    from homeward.records.models import Role

    lead = Role.objects.get(person__email=pages.LEAD)
    typed = {"series": SERIES, "on": settings.TODAY().isoformat(), "anyway": "on", "chair": str(lead.pk)}
    answer = _post(client, "/meetings/arrange", typed)
    return str(answer["Location"])


def _saved(client: Any, item: str) -> float:
    """Types about one child, says that it is done, and gives the reasons that are asked for."""
    page = client.get(item).content.decode()
    typed = {"child_says": TEXT * 3, "version": _version(client, item)}
    typed |= dict.fromkeys(re.findall(r'name="(section_\d+)"', page), TEXT * 5)
    typed |= dict.fromkeys(re.findall(r'name="(given_early\w+|given_reviewing\w+)"', page), TEXT)
    for part, rows in LISTS.items():
        typed |= {f"{part}-TOTAL_FORMS": str(rows), f"{part}-INITIAL_FORMS": "0"}
        typed |= {f"{part}-MIN_NUM_FORMS": "0", f"{part}-MAX_NUM_FORMS": "60"}
    typed |= {"decisions-0-kind": "home", "decisions-0-what": TEXT, "decisions-0-maker": "The lead"}
    typed |= {"decisions-0-maker_role": "permanence_lead", "decisions-0-basis": TEXT}
    typed |= {"actions-0-what": TEXT, "actions-0-owner_name": "Class teacher"}
    took = _once(client, item, typed)
    gates = set(re.findall(r'name="(gate_\w+)"', client.get(f"{item}?asks=1").content.decode()))
    typed |= {"version": _version(client, item), "done": "1"} | dict.fromkeys(gates, "Agreed")
    _once(client, item, typed)
    return took


def _version(client: Any, address: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
    if found is None:
        raise RuntimeError(f"{address} has no version: something is still asked for")
    return found[1]


def _as_read(client: Any, page: str) -> dict[str, str]:
    """What the page that is signed sends along: the versions that were read."""
    text = client.get(page).content.decode()
    return dict(re.findall(r'name="(version|items)" value="([^"]*)"', text))


def _post(client: Any, address: str, typed: dict[str, Any]) -> Any:
    answer = client.post(address, {"once": secrets.token_urlsafe(18)} | typed)
    if answer.status_code != 302:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer


def _once(client: Any, address: str, typed: dict[str, Any]) -> float:
    began = _work()
    _post(client, address, typed)
    return (_work() - began) * 1000


def _median(ask: Callable[[], Any], wanted: int) -> float:
    took = []
    for _ in range(TURNS):
        began = _work()
        answer = ask()
        took.append((_work() - began) * 1000)
        if answer.status_code != wanted:
            raise RuntimeError(f"a page answered {answer.status_code}")
    return statistics.median(took)


def said(found: dict[str, float]) -> str:
    """The figures in words, as bench/results.md has them."""
    steps = ("agenda", "put on agenda", "meeting", "minutes page", "minute saved", "sign page", "signed")
    return "; ".join([*(f"{step} {found[step]:.0f} ms" for step in steps), f"PDF {found['pdf']:.1f} s"])


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    number = int(sys.argv[2]) if len(sys.argv) > 2 else HEARD
    print(f"{number} of {size:,} children: {said(measure(size, number))}")
