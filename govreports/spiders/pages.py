"""Answers of a portal as what they are: a page for the archive, a file, a home page."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response, TextResponse

from govreports.items import Page
from govreports.spiders.links import tree
from govreports.spiders.listing import ListedItem
from govreports.spiders.seen_before import KEPT


def page_of(
    response: Response,
    item: ListedItem,
    *,
    portal: str,
    list_url: str | None,
    year: int | None,
    fetched_at: datetime,
    report_url: str | None = None,
) -> Page:
    """The answer with the list's words for it; ``report_url`` is the page that it hangs on, if any."""
    request = response.request
    assert request is not None
    return Page(
        portal=portal,
        url=response.url,
        request_url=next(iter(request.meta.get("redirect_urls", [])), request.url),
        status=response.status,
        headers=_header_lines(response),
        body=response.body,
        fetched_at=fetched_at,
        request_headers=_header_lines(request),
        list_url=list_url,
        listed_title=item.title,
        listed_on=item.listed_on,
        listed_year=year,
        listed_metadata=dict(item.metadata),
        report_url=report_url,
        kept=KEPT in response.flags,
    )


def as_file(response: Response) -> Response:
    """A PDF whose beginning holds no control characters, which Scrapy takes for text, as the file that it is."""
    if not isinstance(response, TextResponse) or not response.body.startswith(b"%PDF-"):
        return response
    return Response(
        response.url,
        status=response.status,
        headers=response.headers,
        body=response.body,
        request=response.request,
        flags=response.flags,
    )


def is_home(response: TextResponse) -> bool:
    """Whether this is a site's home page, by title or address."""
    title = tree(response).xpath("//title/text()").get() or ""
    return "首页" in title or "首頁" in title or urlsplit(response.url).path in ("", "/")


def media_type(response: Response) -> str:
    """The media type that the answer names, for a message."""
    return (response.headers.get("Content-Type") or b"an unnamed type").decode("latin-1").partition(";")[0]


def _header_lines(message: Response | Request) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    ]
