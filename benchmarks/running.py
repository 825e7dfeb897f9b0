"""Which benchmarks there are, their sizes, and running one in a process of its own."""

from __future__ import annotations

import inspect
import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from typing import Final

from benchmarks.measure import Comparison

NAMES: Final = (
    *("extract", "stages", "documents", "crawl", "crawl_memory", "reparse", "reparse_memory"),
    *("store", "queries", "exports", "parquet", "growth"),
)
"""All benchmarks, in the order in which they are run."""


def sizes_of(names: Sequence[str], *, small: bool, asked: Sequence[str]) -> dict[str, dict[str, int]]:
    """What each benchmark's ``run`` is called with. Raises ValueError, with a sentence, for sizes that it has not."""
    found: dict[str, dict[str, int]] = {}
    for name in names:
        module = import_module(f"benchmarks.{name}")
        found[name] = dict(module.SMALL) if small else {}
    for one in asked:
        key, _, number = one.partition("=")
        name, _, size = key.partition(".")
        if name not in found:
            raise ValueError(f"--size {one}: {name or 'nothing'} is none of the benchmarks to be run")
        there = inspect.signature(import_module(f"benchmarks.{name}").run).parameters
        if size not in there or not number.isdecimal() or int(number) < 1:
            raise ValueError(f"--size {one}: {name} has the sizes {', '.join(there)}, each a whole number from 1")
        found[name][size] = int(number)
    return found


def in_a_process(name: str, sizes: Mapping[str, int]) -> Comparison:
    """Each benchmark has a process of its own, so that none finds what another left in memory."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_measured, name, sizes).result()


def _measured(name: str, sizes: Mapping[str, int]) -> Comparison:
    run: Callable[..., Comparison] = import_module(f"benchmarks.{name}").run
    return run(**sizes)
