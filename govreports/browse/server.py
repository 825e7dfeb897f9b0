"""Serving: a socket, Datasette over the store, and an end with Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import uvicorn
from datasette import handle_exception
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from govreports.browse import configuration
from govreports.browse.plugin import BrowsePlugin
from govreports.browse.site import DATABASE, Site
from govreports.store import Store
from govreports.store.inspection import database_file
from govreports.store.reader import connect_reader
from govreports.store.search import SearchIndex

_OWN_NAMES: Final = frozenset({"loopback", "localhost"})


class BrowseError(Exception):
    """The store cannot be served; the message says why and what to do."""


class _StoreDatabase(Database):  # type: ignore[misc]  # Datasette has no types
    """The store for Datasette: every connection is one that cannot write."""

    def connect(self, write: bool = False) -> Any:
        if write:
            raise BrowseError("the store is served for reading only")
        connection = connect_reader(Path(self.path))
        self._all_file_connections.append(connection)
        return connection


def serve(
    store: Store, index: SearchIndex, archive: Path, *, host: str, port: int, ready: Callable[[str], None]
) -> None:
    """Serve until interrupted; ``ready`` gets the address once it can be asked. BrowseError where the address is not
    to be had.
    """
    with _listen(host, port) as listening:
        plugin = BrowsePlugin(Site(store, index, archive), hosts=_OWN_NAMES if _is_loopback(host) else None)
        # What else is installed on this machine could load scripts, or write: it has no part in this. And every handler
        # of errors is asked: Datasette's own prints a traceback for each mistyped address.
        for other in (*(other for other, _ in list(pm.list_plugin_distinfo())), handle_exception):
            pm.unregister(other)
        pm.register(plugin)
        try:
            config = uvicorn.Config(_application(store), log_level="warning", access_log=False)
            ready(_address(host, listening))
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listening])
        finally:
            pm.unregister(plugin)
            pm.register(handle_exception, handle_exception.__name__)


def _application(store: Store) -> Any:
    file = database_file(store.engine.url.render_as_string())
    datasette = Datasette([], metadata=configuration.metadata(), settings=configuration.SETTINGS, memory=False)
    datasette.remove_database("_memory")
    datasette.add_database(_StoreDatabase(datasette, path=str(file), is_mutable=True), name=DATABASE)
    return datasette.app()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BrowseError(
            f"cannot listen on {host} port {port} ({reason}); name another --host or --port (0 for any free one)"
        ) from error


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _address(host: str, listening: socket.socket) -> str:
    port = listening.getsockname()[1]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
