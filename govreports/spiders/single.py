"""Single documents by address, for ``govreports extract URL``: same manners and guards as a crawl, nothing stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from twisted.python.failure import Failure

from govreports.middlewares.allowed_hosts import HostNotAllowed
from govreports.middlewares.blocked import Blocked
from govreports.middlewares.private_addresses import AddressNotAllowed

if TYPE_CHECKING:
    from scrapy.crawler import CrawlerProcessBase


@dataclass(frozen=True, slots=True)
class Fetched:
    """An address's answer: ``body`` and ``content_type``, or ``error`` (code, sentence) where there was none."""

    body: bytes = b""
    content_type: str | None = None
    error: tuple[str, str] | None = None


def is_address(source: str) -> bool:
    """True for what is fetched and not opened."""
    return source.startswith(("http://", "https://"))


def fetch_all(process: CrawlerProcessBase, addresses: Sequence[str]) -> dict[str, Fetched]:
    """Fetch addresses with the manners of a crawl; each has an answer or an error. The process is used up by it."""
    fetched: dict[str, Fetched] = {}
    if addresses:
        process.crawl(SingleDocuments, addresses=addresses, fetched=fetched)
        process.start()
    nothing = {address: Fetched(error=("unreachable", f"{address} gave no answer.")) for address in addresses}
    return nothing | fetched


def response_of(
    url: str,
    body: bytes,
    *,
    status: int = 200,
    headers: Iterable[tuple[str, str]] = (),
    request: Request | None = None,
    flags: Sequence[str] = (),
) -> Response:
    """An answer made anew from what was kept of it, of the class that its headers, address and content ask for."""
    kept = Headers()
    for name, value in headers:
        kept.appendlist(name, value.encode("latin-1", "replace"))
    kind = responsetypes.from_args(headers=kept, url=url, body=body)
    return kind(url, status=status, headers=kept, body=body, request=request, flags=list(flags))


class SingleDocuments(Spider):
    """Fetches addresses and keeps what came in ``fetched``, by address as given."""

    name = "single_documents"

    def __init__(self, addresses: Sequence[str], fetched: dict[str, Fetched], **arguments: Any) -> None:
        super().__init__(**arguments)
        self._addresses = addresses
        self._fetched = fetched

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each address once."""
        for address in self._addresses:
            yield Request(
                address,
                callback=self.keep,
                errback=self.refuse,
                cb_kwargs={"address": address},
                dont_filter=True,
            )

    def keep(self, response: Response, address: str) -> None:
        """Keep an answer."""
        header = response.headers.get("Content-Type")
        self._fetched[address] = Fetched(response.body, header.decode("latin-1") if header else None)

    def refuse(self, failure: Failure) -> None:
        """Keep why there was no answer."""
        error = failure.value
        code = "unreachable"
        if isinstance(error, Blocked):
            code = f"blocked:{error.kind}"
        elif isinstance(error, HostNotAllowed):
            code = "host_not_allowed"
        elif isinstance(error, AddressNotAllowed):
            code = "address_not_allowed"
        elif "robots.txt" in str(error):
            code = "robots"
        address = failure.request.cb_kwargs["address"]  # type: ignore[attr-defined]  # set by Scrapy on every failure
        reason = " ".join(str(error).split()) or type(error).__name__
        self._fetched[address] = Fetched(error=(code, f"{address} could not be had: {reason}"))
