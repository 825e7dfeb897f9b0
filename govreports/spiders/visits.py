"""Columns while they are walked, and the requests for their pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from govreports.registry.addresses import address_key
from govreports.registry.hosts import host_of
from govreports.spiders.listing import PageAddress, PagePlan


@dataclass(slots=True)
class Column:
    """A column while it is walked."""

    url: str
    label: str
    depth: int
    start: bool = False
    host: str = ""
    within: bool = False
    """Whether this is a list that a column's page keeps elsewhere; ``url`` is that page."""
    plan: PagePlan | None = None
    candidate: int | None = None
    """Which of the plan's candidates the portal uses."""
    items: set[str] = field(default_factory=set)
    pages: set[frozenset[str]] = field(default_factory=set)
    items_claimed: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for one page of a column. ``promised`` when the portal says that the page exists."""

    column: Column
    number: int
    candidates: tuple[PageAddress, ...]
    place: int = 0
    promised: bool = True
    hops: int = 0
    problem: str = ""
    """What was wrong with the candidate before."""


def first_visit(url: str) -> Visit:
    """The visit of a column to start from."""
    return Visit(Column(url, "", 0, start=True, host=host_of(url) or ""), 1, (url,))


def moved(visit: Visit, url: str) -> Visit:
    """The same page at the address that a script leads to."""
    return Visit(visit.column, visit.number, (url,), promised=visit.promised, hops=visit.hops + 1)


def call_key(address: PageAddress) -> str:
    """What two requests for the same list have in common."""
    if isinstance(address, str):
        return address_key(address)
    return " ".join((address.method, address_key(address.url), address.body.decode("utf-8", "replace")))
