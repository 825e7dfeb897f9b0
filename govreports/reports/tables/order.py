"""Placing by order: what a lost label must have been when its neighbours leave one possibility."""

from __future__ import annotations

from collections import Counter
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
        missing = [code for code in order[before + 1 : after] if code not in present]
        if run and after > before and len(missing) == len(run):
            for place, code in zip(run, missing, strict=True):
                codes[place] = code
                filled.add(place)
        run = []
        before = after
    return Filled(tuple(codes), frozenset(filled))


def doubt_repeated(found: Sequence[str | Mark], order: Sequence[str]) -> list[str | Mark]:
    """Take labels for lost that are printed more than once and stand against the form's order.

    A label that was overwritten by another one of the form shows like that: the code is there twice, and only one
    of the places agrees with the labels around it.
    """
    position = {code: index for index, code in enumerate(order)}
    known = [(index, item) for index, item in enumerate(found) if isinstance(item, str)]
    counts = Counter(code for _, code in known)
    settled = list(found)
    for number, (index, code) in enumerate(known):
        if counts[code] < 2:
            continue
        here = position.get(code, -1)
        before = position.get(known[number - 1][1], -1) if number else -1
        after = position.get(known[number + 1][1], -1) if number + 1 < len(known) else len(order)
        if not before < here < after:
            settled[index] = Mark.LOST
    return settled


def agrees(found: Sequence[str | Mark], order: Sequence[str]) -> bool:
    """True when what is printed can be the whole form with some labels lost, each where the form has it or not at all.

    Labels stand in the form's order, with room between them for those that were lost; none is of another form.
    """
    at = 0
    for item in found:
        if item is Mark.LOCAL:
            return False
        if isinstance(item, str):
            if item not in order[at:]:
                return False
            at = order.index(item, at)
        at += 1
    return at <= len(order)
