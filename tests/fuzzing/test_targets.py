"""Every fuzzing target on the inputs that are kept and on some that hypothesis makes; ``make fuzz`` makes millions."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.corpus import FINDINGS, kept
from fuzz.seeds import seeds_of
from fuzz.targets import TARGETS

SLOW = frozenset({"word", "workbook", "sheet", "picture"})
"""Readers in a process of their own, or with seconds a page: a few inputs are enough here."""
FEW = 3


@pytest.mark.parametrize("name", TARGETS)
def test_kept_inputs_break_no_promise(name: str) -> None:
    inputs = [*(data for _, data in kept(name)), *seeds_of(name)]
    assert inputs
    for data in inputs[: FEW if name in SLOW else None]:
        TARGETS[name].run(data)


def test_every_finding_is_of_a_target() -> None:
    assert {path.name for path in FINDINGS.iterdir()} <= set(TARGETS)


@cache
def mutations(name: str) -> st.SearchStrategy[bytes]:
    """Inputs of a target with parts cut out, put in, doubled or exchanged with those of another."""
    inputs = [data[: TARGETS[name].longest] for data in (*seeds_of(name), *(data for _, data in kept(name)))]

    def mutated(first: bytes, second: bytes, cuts: list[tuple[float, float, bytes, bool]]) -> bytes:
        for begin, end, change, other in cuts:
            start, stop = sorted((int(begin * len(first)), int(end * len(first))))
            first = first[:start] + (second[start:stop] if other else change) + first[stop:]
        return first

    share = st.floats(0, 1)
    cut = st.tuples(share, share, st.binary(max_size=12), st.booleans())
    source = st.sampled_from(inputs)
    return st.builds(mutated, source, source, st.lists(cut, min_size=1, max_size=5))


@pytest.mark.parametrize("name", [name for name in TARGETS if name not in SLOW])
@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_changed_inputs_break_no_promise(name: str, data: st.DataObject) -> None:
    TARGETS[name].run(data.draw(mutations(name)))
