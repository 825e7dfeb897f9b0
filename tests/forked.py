"""Commands in processes of their own, forked from one that has imported what they import: see ``forking``."""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO


class Process:
    """A process as ``subprocess.Popen`` gives it, with text pipes as its stdout and stderr."""

    def __init__(self, module: str, *arguments: str, folder: Path, environment: Mapping[str, str]) -> None:
        self.args = [module, *arguments]
        self.returncode: int | None = None
        self.stdout, stdout = _pipe()
        self.stderr, stderr = _pipe()
        self._told, told = os.pipe()
        request = {
            "module": module,
            "arguments": arguments,
            "folder": str(folder.absolute()),
            "environment": dict(environment),
        }
        text = json.dumps(request).encode()
        with _ONE_AT_A_TIME:
            socket.send_fds(_forking(), [len(text).to_bytes(8, "big")], [stdout, stderr, told])
            _forking().sendall(text)
        for place in (stdout, stderr, told):
            os.close(place)
        self.pid = int.from_bytes(os.read(self._told, 4), "big")
        assert self.pid, "the process that forks is gone"

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *error: object) -> None:
        self.stdout.close()
        self.stderr.close()
        self.wait()

    def poll(self) -> int | None:
        """The exit code, minus the signal's number after a signal; None while it runs."""
        return self._code(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end. subprocess.TimeoutExpired after ``timeout`` seconds."""
        code = self._code(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it still prints, when it has ended. subprocess.TimeoutExpired after ``timeout`` seconds."""
        printed = ["", ""]

        def read(number: int, pipe: IO[str]) -> None:
            printed[number] = pipe.read()

        readers = [
            threading.Thread(target=read, args=one, daemon=True) for one in enumerate((self.stdout, self.stderr))
        ]
        for reader in readers:
            reader.start()
        self.wait(timeout)
        for reader in readers:
            reader.join(timeout)
            if reader.is_alive():
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
        self.stdout.close()
        self.stderr.close()
        return printed[0], printed[1]

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _code(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._told], [], [], timeout)[0]:
            self.returncode = int.from_bytes(os.read(self._told, 4), "big", signed=True)
            os.close(self._told)
        return self.returncode


def run(
    module: str, *arguments: str, folder: Path, environment: Mapping[str, str], timeout: float = 100
) -> subprocess.CompletedProcess[str]:
    """``python -m MODULE ARGUMENTS`` in ``folder``, to its end."""
    process = Process(module, *arguments, folder=folder, environment=environment)
    try:
        stdout, stderr = process.communicate(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return subprocess.CompletedProcess(process.args, process.wait(), stdout, stderr)


_ONE_AT_A_TIME = threading.Lock()


@cache
def _forking() -> socket.socket:
    """To the process that forks for this one; it ends when this is closed."""
    ours, theirs = socket.socketpair()
    program = [sys.executable, str(Path(__file__).with_name("forking.py")), str(theirs.fileno())]
    process = subprocess.Popen(program, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    theirs.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def _pipe() -> tuple[IO[str], int]:
    read, write = os.pipe()
    return os.fdopen(read, encoding="utf-8"), write
