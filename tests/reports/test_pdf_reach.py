"""What a PDF cannot carry, and what cannot be reached while it is made."""

from __future__ import annotations

import http.server
import re
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from tests.reports.opened import DOCUMENTS, close, decompressed, made, text_of
from tests.reports.papers import NOW, item, record

from homeward.reports import pdf, typeset
from homeward.reports.html import as_html
from homeward.reports.pdf import NotMade, as_pdf
from homeward.reports.record import Section, paper_of

# The process without its limits: only what fetches is taken from it.
ONE_LOCK = (
    pdf.COMMAND[0],
    "-c",
    "from homeward.reports import typeset; typeset.shut_in = lambda: None; typeset.main()",
)


@pytest.fixture(autouse=True)
def pango() -> None:
    if pdf.lacking():
        pytest.skip(pdf.missing())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_in_the_file_runs_opens_or_is_attached(name: str) -> None:
    whole = decompressed(made(name))
    for word in (
        b"/JavaScript",
        b"/JS",
        b"/Launch",
        b"/EmbeddedFile",
        b"/Filespec",
        b"/URI",
        b"/AA",
        b"/Annots",
    ):
        assert not re.search(re.escape(word) + rb"[\s/<(\[]", whole), word


def test_nothing_is_fetched_whatever_is_typed(tmp_path: Path) -> None:
    """A server that counts who asks, and a file with a secret: a page of ours points at neither."""
    asked: list[str] = []

    class Asked(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    secret = tmp_path / "secret.txt"
    secret.write_text("canary-in-a-file")
    server = http.server.HTTPServer(("127.0.0.1", 0), Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    typed = (
        f'<img src="{address}/a"><link rel=attachment href="{secret.as_uri()}">'
        f'<style>@import url({address}/b)</style><base href="{address}/">'
    )
    try:
        content = as_pdf(record(item(sections=(Section(typed, typed),)), place=typed), NOW)
        assert close(text_of(content)).count(close(typed)) == 3
        # Even markup that came past our hands would fetch nothing; either lock is enough alone.
        markup = as_html(paper_of(record()), NOW).replace("</body>", f"{typed}</body>").encode()
        for command in (pdf.COMMAND, ONE_LOCK):
            past = subprocess.run(command, input=markup, capture_output=True, env=pdf.SURROUNDINGS)
            assert past.stdout.startswith(b"%PDF-"), past.stderr
            assert b"canary-in-a-file" not in decompressed(past.stdout)
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_the_process_that_makes_a_paper_can_reach_nothing(tmp_path: Path) -> None:
    tries = (
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "open('made-here.txt', 'w')",
    )
    for line in tries:
        program = f"from {typeset.__name__} import shut_in; shut_in()\n{line}"
        command = [pdf.COMMAND[0], "-c", program]
        done = subprocess.run(command, capture_output=True, env=pdf.SURROUNDINGS, cwd=tmp_path)
        assert done.returncode == 1, line
        assert b"PermissionError" in done.stderr, line


def test_a_machine_without_pango_is_told_which_package_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LIBRARIES", {"libnothing-1.0.so.0": "libpango-1.0-0"})
    pdf.lacking.cache_clear()
    try:
        assert "apt-get install -y libpango-1.0-0. Word files can." in pdf.missing()
        with pytest.raises(NotMade, match="libpango"):
            as_pdf(record(), NOW)
    finally:
        monkeypatch.undo()
        pdf.lacking.cache_clear()
    assert pdf.missing() == ""


def test_a_paper_that_takes_too_long_is_given_up_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "SECONDS", 0.05)
    with pytest.raises(NotMade, match="Take the Word file"):
        as_pdf(record(), NOW)
