"""``python forking.py SOCKET``: starts what ``python -m MODULE`` starts, without importing everything each time.

A command takes a second to import Scrapy, SQLAlchemy and the rooms; a fork of a process that has them takes a hundredth
of it. What is forked is a process of its own with its own environment, folder, pipes and signals. Nothing that reads
the environment when it is imported may be imported here: neither the settings nor Twisted's reactor.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

_NOT_TAKEN_IN = (
    "govreports.settings",
    "govreports.cli",
    "govreports.store.migrations",
    # These start threads.
    "govreports.documents.ocr",
    "govreports.exports.parquet",
)
_OF_SCRAPY = (
    "scrapy.commands.crawl",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.engine",
    "scrapy.core.scheduler",
    "scrapy.crawler",
    "scrapy.dupefilters",
    "scrapy.pipelines",
    "scrapy.squeues",
)
_PLUGGED_IN = ("DOWNLOADER_MIDDLEWARES_BASE", "SPIDER_MIDDLEWARES_BASE", "EXTENSIONS_BASE")
_BESIDE = ("alembic.command", "alembic.context", "rich.console", "rich.table", "rich.progress", "sqlalchemy.orm")


def main(control: socket.socket) -> str | None:
    """Fork on demand; the module to run in what was forked, None when nobody is there to ask any more."""
    _take_in()
    path = [place for place in sys.path[1:] if place not in _places(os.environ.get("PYTHONPATH"))]
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while length := int.from_bytes((found := socket.recv_fds(control, 8, 3))[0], "big"):
        text = b""
        while len(text) < length:
            text += control.recv(length - len(text))
        _forget_ended()
        if os.fork() == 0:
            control.close()
            stdout, stderr, told = found[1]
            if child := os.fork():
                _keep(child, told)
            os.close(told)
            return _become(json.loads(text), path, stdout, stderr)
        for place in found[1]:
            os.close(place)
    _forget_ended()
    return None


def _forget_ended() -> None:
    """Take leave of keepers that have ended; so their processor time is counted as that of the tests, too."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _take_in() -> None:
    from scrapy.settings import default_settings

    import govreports

    rooms = pkgutil.walk_packages(govreports.__path__, "govreports.", onerror=lambda name: None)
    plugged_in = [path.rpartition(".")[0] for name in _PLUGGED_IN for path in getattr(default_settings, name)]
    for name in [*_OF_SCRAPY, *plugged_in, *_BESIDE, *(room.name for room in rooms)]:
        if not name.startswith(_NOT_TAKEN_IN) and not name.endswith("__main__"):
            importlib.import_module(name)
    # What is read once in a process (forms, labels, migrations) is read here.
    from collected import Collection, sample_pages

    with TemporaryDirectory() as folder:
        Collection(Path(folder)).collect(sample_pages(1))
    assert not {"govreports.settings", "twisted.internet.reactor"} & set(sys.modules)
    assert len(list(Path("/proc/self/task").glob("*"))) <= 1, "what runs in a thread is lost in a fork"


def _keep(child: int, told: int) -> NoReturn:
    """Tell the child's number, and when it has ended how."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for place in range(told):
        os.dup2(nothing, place)
    os.write(told, child.to_bytes(4, "big"))
    _, status = os.waitpid(child, 0)
    os.write(told, os.waitstatus_to_exitcode(status).to_bytes(4, "big", signed=True))
    os._exit(0)


def _become(request: dict[str, Any], path: list[str], stdout: int, stderr: int) -> str:
    """Be as a Python that was started in this folder with this environment."""
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    os.close(stdout)
    os.close(stderr)
    sys.stdout = open(1, "w", encoding=sys.stdout.encoding, errors=sys.stdout.errors)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding=sys.stderr.encoding, errors=sys.stderr.errors)  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    sys.path[:] = [request["folder"], *_places(os.environ.get("PYTHONPATH")), *path]
    sys.argv[:] = [request["module"], *request["arguments"]]
    return str(request["module"])


def _run_to_the_end(module: str) -> NoReturn:
    """As Python does, except that nothing is taken apart: that would copy what is shared with the parent process."""
    code: object = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - the last one that there is
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    if isinstance(code, str):
        print(code, file=sys.stderr)  # noqa: T201
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


def _places(path: str | None) -> list[str]:
    return [place for place in (path or "").split(os.pathsep) if place]


if __name__ == "__main__":
    # numpy, which Datasette imports where it is there.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    module = main(socket.socket(fileno=int(sys.argv[1])))
    if module is not None:
        _run_to_the_end(module)
