"""Homeward served as a council serves it, and people at their desks who send forms to it."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from tests.reliability.place import ROOT, Place

# A server that is killed breaks off; one that starts refuses.
GONE = (OSError, http.client.HTTPException)
PATIENCE = 90  # seconds until a form that nobody answers is a failure


class Answer(NamedTuple):
    status: int
    location: str
    text: str
    cookies: tuple[str, ...] = ()


class Served:
    """gunicorn with Homeward's own settings; `broken` names the safeguard that is taken out."""

    def __init__(self, place: Place, broken: str = "") -> None:
        self.place, self.broken = place, broken
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.log = place.folder.parent / f"served-{self.port}.log"
        self.start()

    def start(self) -> None:
        words = ["-m", "gunicorn", "--no-control-socket", "--config", "python:homeward.config.serving"]
        words += ["--preload", "tests.reliability.broken:served()"]
        env = self.place.env | {"HOMEWARD_PORT": str(self.port), "BROKEN": self.broken}
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, *words], env=env, cwd=ROOT, stdout=out, stderr=out, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(*GONE):
                if self.ask("GET", "/sign-in").status == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(f"It does not start by itself:\n{self.log.read_text()}")

    def kill(self) -> None:
        """Master and workers at once, as when the machine's power goes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill_a_worker(self, chance: random.Random) -> None:
        pid = self.process.pid
        workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(chance.choice(workers)), signal.SIGKILL)

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: Any) -> None:
        if self.process.poll() is None:
            self.kill()

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Any = None, *, wait: bool = True
    ) -> Answer:
        """One request on a connection of its own; without `wait` the sender hangs up before the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            if not wait:
                time.sleep(0.01)
                return Answer(0, "", "")
            found = connection.getresponse()
            text = found.read().decode(errors="replace")
            cookies = tuple(found.msg.get_all("Set-Cookie") or ())
            return Answer(found.status, found.getheader("Location") or "", text, cookies)
        finally:
            connection.close()


class Desk:
    """One person of the cast, signed in."""

    def __init__(self, served: Served, person: int) -> None:
        self.served, self.met = served, Counter[str]()
        self.token = secrets.token_hex(16)
        self.cookies = {"csrf": self.token}
        answer = self.post("/sign-in", {"person": person})
        assert answer.status == 302, answer
        for line in answer.cookies:
            if found := re.match(r"(homeward)=([^;]+)", line):
                self.cookies[found[1]] = found[2]

    def _headers(self) -> dict[str, str]:
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": MULTIPART_CONTENT,
        }

    def get(self, path: str) -> Answer:
        return self.served.ask("GET", path, headers=self._headers())

    def post(self, path: str, data: dict[str, Any], once: str = "", *, wait: bool = True) -> Answer:
        whole = data | {"csrfmiddlewaretoken": self.token, "once": once or new_key()}
        return self.served.ask("POST", path, encode_multipart(BOUNDARY, whole), self._headers(), wait=wait)

    def save(self, path: str, data: dict[str, Any]) -> Answer:
        """Sends a form, and again with the same key, as a person does, until it is answered."""
        once, until = new_key(), time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = self.post(path, data, once)
            except GONE:
                self.met["broken off"] += 1
                time.sleep(0.05)
                continue
            self.met[str(answer.status)] += 1
            if answer.status < 500:
                return answer
            time.sleep(0.2)
        raise AssertionError(f"{path} was not answered: {self.met}")


def new_key() -> str:
    return secrets.token_urlsafe(18)
