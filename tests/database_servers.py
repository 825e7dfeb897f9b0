"""A PostgreSQL and a Redis of the tests' own, each on a free port of this machine, in a folder that goes with it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, make_url

from govreports.store import open_store

_PATIENCE = 60.0
"""Seconds until a server that does not answer counts as one that cannot start."""
_ATTEMPTS = 5
"""Another process may take a free port before the server does."""


def find_program(name: str, *, debian: str = "") -> str | None:
    """A program on the path, else the newest one in Debian's own places (a pattern below ``/``)."""
    found = shutil.which(name)
    places = sorted(Path("/").glob(f"{debian}/{name}"), key=_version) if debian and found is None else []
    return str(places[-1]) if places else found


@contextmanager
def postgresql_server(initdb: str) -> Iterator[str]:
    """A new cluster; its URL ends with the slash after which a database's name stands."""
    postgres = str(Path(initdb).resolve().with_name("postgres"))
    # PostgreSQL does not run as root; and pytest's own folders are closed to other users.
    owner: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="govreports-postgresql-") as folder:
        if owner:
            shutil.chown(folder, "postgres", "postgres")
        cluster = f"{folder}/cluster"
        made = ["-U", "tests", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D", cluster]
        subprocess.run([initdb, *made], check=True, capture_output=True, cwd=folder, timeout=_PATIENCE, **owner)
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
            "max_wal_size": "4GB",
        }
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

        def command(port: int) -> list[str]:
            return [postgres, "-D", cluster, "-p", str(port), *settings]

        with _server(command, folder=Path(folder), is_up=_answers_as_postgresql, **owner) as port:
            yield f"postgresql://tests@127.0.0.1:{port}/"


class Databases:
    """Makes databases on a PostgreSQL. ``address`` is its URL up to a database's name."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._engine = create_engine(
            make_url(f"{address}postgres").set(drivername="postgresql+pg8000"), isolation_level="AUTOCOMMIT"
        )
        self._made = count(1)
        with self._engine.connect() as connection:
            version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
        # The quicker way by far where a database is thrown away a second later; the only one up to release 14.
        self._copying = "STRATEGY file_copy" if version >= 150_000 else ""
        self._migrated: str | None = None

    def __enter__(self) -> Databases:
        return self

    def __exit__(self, *error: object) -> None:
        self._engine.dispose()

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The URL of a database without tables."""
        with self._database("template0") as address:
            yield address

    @contextmanager
    def copy_of_migrated(self) -> Iterator[str]:
        """The URL of a store that is as ``open_store`` makes it, copied from one: migrating takes much longer."""
        if self._migrated is None:
            self._migrated = f"migrated_{os.getpid()}"
            self._do(f"CREATE DATABASE {self._migrated} TEMPLATE template0")
            open_store(f"{self._address}{self._migrated}").close()
        with self._database(self._migrated) as address:
            yield address

    @contextmanager
    def _database(self, template: str) -> Iterator[str]:
        name = f"test_{os.getpid()}_{next(self._made)}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {template} {self._copying}")
        try:
            yield f"{self._address}{name}"
        finally:
            # Whoever is still connected is a process that a test killed.
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def redis_server(program: str) -> Iterator[str]:
    """A new Redis that keeps nothing on disk; its URL."""
    with tempfile.TemporaryDirectory(prefix="govreports-redis-") as folder:

        def command(port: int) -> list[str]:
            options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
            return [program, "--port", str(port), *options]

        with _server(command, folder=Path(folder), is_up=_answers_as_redis) as port:
            yield f"redis://127.0.0.1:{port}/0"


def _version(place: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in place.parts if part.isdigit())


@contextmanager
def _server(
    command: Callable[[int], list[str]], *, folder: Path, is_up: Callable[[int], bool], **owner: Any
) -> Iterator[int]:
    for attempt in range(_ATTEMPTS):
        port = _free_port()
        log = folder / f"log{attempt}"
        with log.open("wb") as output:
            server = subprocess.Popen(command(port), stdout=output, stderr=output, cwd=folder, **owner)
        try:
            until = time.monotonic() + _PATIENCE
            while server.poll() is None and time.monotonic() < until:
                if is_up(port):
                    yield port
                    return
                time.sleep(0.02)
        finally:
            # SIGINT: PostgreSQL then ends at once, whoever is connected.
            server.send_signal(2)
            server.wait(timeout=_PATIENCE)
    raise AssertionError(f"{command(0)[0]} does not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _answers_as_postgresql(port: int) -> bool:
    import pg8000.dbapi

    try:
        pg8000.dbapi.connect(user="tests", host="127.0.0.1", port=port, database="postgres").close()
    except pg8000.dbapi.Error:
        return False
    return True


def _answers_as_redis(port: int) -> bool:
    import redis

    with redis.Redis(host="127.0.0.1", port=port) as client:
        try:
            return bool(client.ping())
        except redis.exceptions.RedisError:
            return False
