"""A newcomer's first minute: an empty folder, one command, and a council's tracker to look at."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

pytestmark = pytest.mark.start
ROOT = Path(__file__).parents[2]


class Server:
    """`homeward up` on a free port, with what it prints."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.said = folder.with_suffix(".out")
        self.running: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until the sign-in page is there."""
        begun = time.monotonic()
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "HOMEWARD_DATA": str(self.folder),
            "HOMEWARD_PORT": str(self.port),
        }
        with self.said.open("wb") as out:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "homeward", "up"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        while time.monotonic() - begun < 300:
            assert self.running.poll() is None, self.said.read_text()
            try:
                build_opener().open(f"{self.address}/sign-in", timeout=10).close()
                return time.monotonic() - begun
            except URLError:
                time.sleep(0.2)
        raise AssertionError(self.said.read_text())

    def stop(self) -> None:
        if self.running is not None:
            self.running.terminate()
            self.running.wait(20)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    one = Server(tmp_path_factory.mktemp("start") / "data")
    try:
        one.start()
        yield one
    finally:
        one.stop()


def read(browser: OpenerDirector, address: str, form: dict[str, str] | None = None) -> str:
    body = urlencode(form).encode() if form else None
    with browser.open(address, body, timeout=60) as answer:
        return str(answer.read().decode("utf-8"))


def sign_in(server: Server, name: str) -> OpenerDirector:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = read(browser, f"{server.address}/sign-in")
    chosen = next(form for form in page.split("<form")[1:] if name in form)
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w*)"', chosen))
    read(browser, f"{server.address}/sign-in", fields)
    return browser


def test_it_says_where_it_is_and_who_can_sign_in(server: Server) -> None:
    said = server.said.read_text()
    assert f"Homeward is at {server.address}" in said
    assert "Amina Yusuf, permanence lead" in said
    assert "Traceback" not in said


def test_the_permanence_lead_sees_a_councils_tracker(server: Server) -> None:
    browser = sign_in(server, "Amina Yusuf")
    tracker = read(browser, f"{server.address}/tracker")
    assert "Northmere Council" in tracker
    children = sorted(set(re.findall(r'href="(/child/[\w-]+)[?"/]', tracker)))
    assert len(children) >= 25
    assert "Dates and timescales" in read(browser, server.address + children[0])


def test_the_social_worker_sees_only_some_of_the_children(server: Server) -> None:
    tracker = read(sign_in(server, "Priya Nandra"), f"{server.address}/tracker")
    assert 1 <= len(set(re.findall(r'href="/child/([\w-]+)[?"/]', tracker))) < 50


def test_the_second_start_keeps_everything_and_takes_seconds(server: Server) -> None:
    server.stop()
    assert server.start() < 20
    said = server.said.read_text()
    assert "Making the demonstration" not in said
    assert "Amina Yusuf" in said
