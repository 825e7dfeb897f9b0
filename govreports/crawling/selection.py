"""Which portals a run is about."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from govreports.registry import close_ids
from govreports.registry.portal import PROVINCES, Portal
from govreports.registry.years import YearsError, parse_years
from govreports.spiders.families import FAMILIES, why_not_crawlable
from govreports.store.run_log import CUT_SHORT, EarlierRun

_STILL_THE_SAME: Final = timedelta(days=14)
"""A run that was cut short longer ago than this is not continued: what it did is old by then."""


class SelectionError(ValueError):
    """What was asked for makes no sense; the message is one sentence for the person who asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What ``crawlall`` is asked for; None and False leave nothing out."""

    province: str | None = None
    """The first two digits of the division codes."""
    family: str | None = None
    shard: str | None = None
    """``2/3``: the second of three parts."""
    due: bool = False
    sample: int | None = None
    years: str | None = None

    def key(self) -> str:
        """The same text for the same selection."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, sort_keys=True)

    def arguments(self) -> dict[str, str]:
        """What each spider is given."""
        given = {"sample": self.sample, "years": self.years}
        return {name: str(value) for name, value in given.items() if value is not None}


def make_selection(
    *, province: str | None, family: str | None, shard: str | None, due: bool, sample: int | None, years: str | None
) -> Selection:
    """The selection that a person wrote. Raises SelectionError."""
    if family is not None and family not in FAMILIES:
        raise SelectionError(f"--family {family} is no family that is crawled; they are {', '.join(FAMILIES)}.")
    if shard is not None:
        _parts(shard)
    if sample is not None and sample < 1:
        raise SelectionError(f"--sample {sample} is no number of reports; --sample 1 fetches one of each portal.")
    if years is not None:
        try:
            parse_years(years)
        except YearsError as error:
            raise SelectionError(f"--years: {error}") from None
    return Selection(
        province=None if province is None else _province(province),
        family=family,
        shard=shard,
        due=due,
        sample=sample,
        years=years,
    )


def choose(selection: Selection, portals: Iterable[Portal], *, due: Collection[str] = ()) -> list[Portal]:
    """The portals of a selection that can be crawled, by id; ``due`` are the ids that ``--due`` leaves."""
    return sorted(
        (
            portal
            for portal in portals
            if why_not_crawlable(portal) is None
            and (selection.province is None or portal.division_code.startswith(selection.province))
            and (selection.family is None or portal.family == selection.family)
            and (selection.shard is None or in_shard(portal.id, selection.shard))
            and (not selection.due or portal.id in due)
        ),
        key=lambda portal: portal.id,
    )


def in_shard(portal_id: str, shard: str) -> bool:
    """Whether a portal is in the part ``I/N``; that depends on nothing but its id and the two numbers."""
    part, parts = _parts(shard)
    digest = hashlib.blake2b(portal_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % parts == part - 1


def left_of(planned: Sequence[Portal], earlier: Sequence[EarlierRun], *, now: datetime) -> list[Portal]:
    """What earlier runs of the selection, the newest first, did not come to; all where they came to their end."""
    done: set[str] = set()
    for run in earlier:
        # A clock that was put back makes the earlier run a later one; that does not make it old.
        if (run.reason is not None and run.reason not in CUT_SHORT) or now - run.started_at > _STILL_THE_SAME:
            break
        done |= run.done
    left = [portal for portal in planned if portal.id not in done]
    return left or list(planned)


def _parts(shard: str) -> tuple[int, int]:
    match = re.fullmatch(r"([1-9]\d{0,3})/([1-9]\d{0,3})", shard)
    if match is None or int(match[1]) > int(match[2]):
        raise SelectionError(f"--shard {shard} is no part; write 1/3, 2/3 and 3/3 on three machines.")
    return int(match[1]), int(match[2])


def _province(text: str) -> str:
    if text in PROVINCES:
        return text
    found = [prefix for prefix, name in PROVINCES.items() if text and name.startswith(text)]
    if len(found) == 1:
        return found[0]
    close = close_ids(text, PROVINCES.values())
    hint = f"did you mean {' or '.join(close)}?" if close else "write 湖北省, 湖北 or 42."
    raise SelectionError(f"--province {text} is no province; {hint}")
