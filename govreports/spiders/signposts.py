"""Pages of no recognised family: only the way to annual-report columns and their frames is read."""

from __future__ import annotations

from typing import ClassVar

from scrapy.http import TextResponse

from govreports.spiders.links import column_links, frames, names_report_column
from govreports.spiders.listing import Family, Listing


class Signposts(Family):
    """A home page, a disclosure platform or a column of columns before the family is known."""

    name: ClassVar[str] = "signposts"

    def list_page(self, response: TextResponse) -> Listing:
        columns = column_links(response)
        framed = frames(response) if names_report_column(response) and not columns else ()
        return Listing(columns=columns, lists=framed)
