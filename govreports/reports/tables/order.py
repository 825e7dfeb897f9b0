"""Placing by order: what a lost label must have been when its neighbours leave one possibility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """What stands where a code would: a label that was lost, or one that is not the form's."""

    LOST = "lost"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Filled:
    """Codes after filling (None where a lost one stays unknown) and the positions that were filled by order."""

    codes: tuple[str | None, ...]
    by_order: frozenset[int]


def fill_by_order(found: Sequence[str | Mark], order: Sequence[str]) -> Filled:
    """Give lost labels their codes where the count between two sure neighbours leaves exactly one way.

    ``found`` is what the source shows, in its order; ``order`` the codes of the form. The ends of ``found`` count
    as sure. Nothing is filled between neighbours that stand against the form's order.
    """
    position = {code: index for index, code in enumerate(order)}
    present = {item for item in found if isinstance(item, str)}
    codes: list[str | None] = [item if isinstance(item, str) else None for item in found]
    filled: set[int] = set()
    run: list[int] = []
    before = -1
    for index, item in enumerate((*found, None)):
        if item is Mark.LOST:
            run.append(index)
            continue
        if item is Mark.LOCAL:
            continue
        after = len(order) if item is None else position.get(str(item), -1)
        missing = [code for code in order[before + 1 : max(after, before + 1)] if code not in present]
        if run and after > before and len(missing) == len(run):
            for place, code in zip(run, missing, strict=True):
                codes[place] = code
                filled.add(place)
        run = []
        before = after
    return Filled(tuple(codes), frozenset(filled))
