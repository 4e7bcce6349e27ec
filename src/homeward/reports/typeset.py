"""HTML comes in, a PDF that a screen reader can read goes out, in a process that reaches nothing else.

The process is `python -m homeward.reports.typeset`; only here is WeasyPrint imported, which needs libraries
of the machine, much memory, and with a strange text much time.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import Any

SECONDS = 60  # of work
MEMORY = 2 * 1024**3
_CLOSED = ("socket.", "subprocess.", "urllib.", "os.exec", "os.posix_spawn", "os.system", "ftplib.", "http.")


def main() -> None:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    class Nothing(URLFetcher):
        """No address is asked, no file is opened, and no data: address is read."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError("a paper fetches nothing")

    page = sys.stdin.buffer.read().decode("utf-8")
    shut_in()
    gc.disable()  # the process ends with the paper; to look for what is no longer used takes a third of it
    out = io.BytesIO()
    HTML(string=page, url_fetcher=Nothing()).write_pdf(out, finisher=finish, pdf_variant="pdf/ua-1")
    sys.stdout.buffer.write(out.getvalue())


def shut_in() -> None:
    """From here on: no network, no other process, no file written, and memory and time run out."""
    import resource

    sys.addaudithook(_refuse)
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS knows no limit of memory
            continue


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    writes = event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event.startswith(_CLOSED):
        raise PermissionError(f"{event} while a paper is made")


def finish(document: Any, pdf: Any) -> None:
    """What WeasyPrint 70 leaves out of PDF/UA: heads and feet are not read out, and headings have a scope."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    reached = _reached(pdf, root)
    for element in map(pdf.objects.__getitem__, reached):
        if element["S"] == "/TH":
            group = _object(pdf, _object(pdf, element["P"])["P"])
            element["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    texts = _object(pdf, root["ParentTree"])["Nums"][1::2]
    for page, elements in zip(pages, texts, strict=False):
        unread = {at for at, element in enumerate(elements) if _number(element) not in reached}
        _set_apart(_object(pdf, page["Contents"]).stream, unread)
        elements[:] = [b"null" if at in unread else element for at, element in enumerate(elements)]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]


def _reached(pdf: Any, root: Any) -> set[int]:
    """The numbers of the elements under the root; a number without reference is text on a page."""
    found: set[int] = set()
    waiting = list(root["K"])
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes):
            found.add(_number(reference))
            waiting.extend(_object(pdf, reference).get("K", ()))
    return found


def _set_apart(stream: list[Any], unread: set[int]) -> None:
    """Marks these texts of a page as belonging to the page, not to the document."""
    for at, piece in enumerate(stream):
        if isinstance(piece, dict) and piece.get("MCID") in unread:
            stream[at - 1 : at + 1] = ["/Artifact", b"<</Type /Pagination>>"]


if __name__ == "__main__":
    main()
