"""Pages of no recognised family: only the way to annual-report columns is read from them."""

from __future__ import annotations

from typing import ClassVar

from scrapy.http import TextResponse

from govreports.spiders.links import column_links
from govreports.spiders.listing import Family, Listing


class Signposts(Family):
    """A home page, a disclosure platform or a column of columns before the family is known."""

    name: ClassVar[str] = "signposts"

    def list_page(self, response: TextResponse) -> Listing:
        return Listing(columns=column_links(response))
