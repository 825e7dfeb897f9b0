"""What a family says of one page of a column: the items it lists, where the list goes on, what hangs on it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from scrapy import Request
from scrapy.http import Response, TextResponse

from govreports.registry.addresses import address_key

PageAddress = str | Request
"""Where a list page is: a URL, or a whole request where the family must post or send headers."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that a list names beside an item: absolute address, and the name that people see."""

    url: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem:
    """One line of a list. ``fallback_url`` is asked where ``url`` is missing (a ``_wap`` twin)."""

    url: str
    title: str | None
    listed_on: str | None = None
    """ISO date."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    fallback_url: str | None = None
    attachments: tuple[AttachedFile, ...] = ()
    """Files that the list itself names as the item's; those that its page links to need not stand here."""
    without_page: str | None = None
    """What the list still holds of the item where its page cannot be had, as one clause."""

    @property
    def key(self) -> str:
        """Equal for items that lead to one page."""
        return address_key(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLink:
    """A further column: of a year, of an organ, or the annual-report column as a home page names it."""

    url: str
    label: str
    year: int | None = None


class PagePlan(Protocol):
    """How the pages of a column are called, where they can be known in advance."""

    @property
    def last(self) -> int | None:
        """Number of the last page as the portal claims it (counted from 1), None where it claims nothing."""
        ...

    def candidates(self, number: int) -> Sequence[PageAddress]:
        """Where page ``number`` (2 and up) may be, the likeliest first. The place of the first that is a new
        page holds for the pages after it, too."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a column.

    ``lists`` is where the page keeps its lists when they are not in itself (a frame, a call of its script): each
    is walked with pages and claims of its own, in this column's name.
    ``probes`` are pages that nothing links and that may hold more: those that are not there are passed over.
    ``plan`` is read from the first page only; ``next_page`` is for families whose pages name their successor.
    ``gap`` says why the list cannot be complete, as one clause; ``inline`` is set where the page itself is a
    report.
    """

    items: tuple[ListedItem, ...] = ()
    columns: tuple[ColumnLink, ...] = ()
    lists: tuple[PageAddress, ...] = ()
    probes: tuple[str, ...] = ()
    plan: PagePlan | None = None
    next_page: PageAddress | None = None
    items_claimed: int | None = None
    gap: str | None = None
    inline: ListedItem | None = None


class Family(ABC):
    """A CMS family: how it lists reports. One module each; nothing in it interprets a report."""

    name: ClassVar[str]

    @abstractmethod
    def list_page(self, response: TextResponse) -> Listing:
        """What one page of a column lists."""

    def beside_document(self, response: Response) -> Listing:
        """What a report's own page links to that its column may not list. Only items and columns count."""
        return Listing()
