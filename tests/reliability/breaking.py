"""What breaks under a council at work: a PostgreSQL that can be stopped hard, and a disk that fills up."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

AS_ROOT = os.geteuid() == 0


def programs() -> Path | None:
    """Where PostgreSQL's own programs are, as ./test looks for them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda at: int(at.parts[4]))
    return places[-1].parent if places else None


class Cluster:
    """A PostgreSQL of its own, so that the tests' one does not feel what happens to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._run(
            "initdb", "-U", "homeward", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"
        )
        self.start()
        self.sql("CREATE ROLE council LOGIN", "CREATE DATABASE seeded OWNER council")

    def _run(self, program: str, *words: str) -> None:
        """PostgreSQL refuses to run as root, so root borrows the account that its package made."""
        at = programs()
        assert at is not None
        borrowed = ("setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups")
        command = [
            *(borrowed if AS_ROOT else ()),
            str(at / program),
            "-D",
            str(self.folder / "cluster"),
            *words,
        ]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, timeout=120)

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories='{self.folder}'"
        self._run("pg_ctl", "-s", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop_hard(self) -> None:
        """As a crash: nothing is finished, nobody is told."""
        self._run("pg_ctl", "-s", "-m", "immediate", "stop")

    def sql(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(
            host=str(self.folder), user="homeward", dbname="postgres", autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement)

    def address(self, database: str) -> str:
        return f"postgres://council@/{database}?host={self.folder}"


@contextlib.contextmanager
def a_cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="homeward-cluster-", dir="/tmp"))  # a short path for its socket
    if AS_ROOT:
        shutil.chown(folder, "postgres", "postgres")
    cluster = Cluster(folder)
    try:
        yield cluster
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            cluster.stop_hard()
        shutil.rmtree(folder, ignore_errors=True)


class Disk:
    """A small disk in memory that is filled to the last byte, and has room again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "somebody-elses"

    def fill(self) -> None:
        with contextlib.suppress(OSError), self._filler.open("wb", buffering=0) as out:
            while True:
                out.write(b"x" * 4096)

    def make_room(self) -> None:
        self._filler.unlink(missing_ok=True)


@contextlib.contextmanager
def a_disk(megabytes: int, owner: str = "") -> Iterator[Disk | None]:
    """None where this machine does not let the tests mount one."""
    folder = Path(tempfile.mkdtemp(prefix="homeward-disk-"))
    words = ("mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder))
    mounted = AS_ROOT and subprocess.run(words, check=False, capture_output=True).returncode == 0
    try:
        if mounted and owner:
            shutil.chown(folder, owner, owner)
        yield Disk(folder) if mounted else None
    finally:
        if mounted:
            subprocess.run(("umount", "-l", str(folder)), check=True)
        folder.rmdir()
