"""An end to work that takes too long, in whatever thread it is done."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):
    """The time is over. No Exception, so that nobody on the way takes it for a fault of one page or cell."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in this thread where the block takes longer; between two steps of Python code only.

    A call into a library that is written in C comes back first. The readers bound what they hand to these.
    """
    thread = threading.get_ident()
    over = threading.Lock()
    done = False

    def strike() -> None:
        with over:
            if not done:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(OutOfTime))

    timer = threading.Timer(seconds, strike)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with over:
            done = True
        timer.cancel()
