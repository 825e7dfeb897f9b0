"""Why an address could not be had, as the rest of a sentence, and which answers end a crawl."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from govreports.middlewares.allowed_hosts import HostNotAllowed
from govreports.middlewares.blocked import Blocked
from govreports.middlewares.crowded_pages import CrowdedPage
from govreports.middlewares.error_pages import MissingPage
from govreports.middlewares.private_addresses import AddressNotAllowed
from govreports.middlewares.tls import TlsRefused

if TYPE_CHECKING:
    from govreports.spiders.portal import PortalSpider

_MISSING = frozenset({404, 410})


def problem_of(failure: Failure, spider: PortalSpider) -> tuple[str, str]:
    """Kind and clause for a failed request. Raises CloseSpider where the portal must be left alone."""
    error = failure.value
    url = failure.request.url  # type: ignore[attr-defined]
    if isinstance(error, Blocked):
        raise CloseSpider(f"blocked:{error.kind}")
    if isinstance(error, HostNotAllowed):
        return "host_not_allowed", f"leads to {error.host}, which is outside the allowed hosts ({error.allowed})"
    if isinstance(error, AddressNotAllowed):
        return "address_not_allowed", f"leads to {error.host}, which resolves to {error.address}, no public address"
    if isinstance(error, CrowdedPage):
        return (
            "unreachable",
            f"answers with a page that cannot be parsed: it has {error.crowding}",
        )
    if isinstance(error, TlsRefused):
        return "tls", f"cannot be asked securely: {error}"
    if isinstance(error, MissingPage):
        return "column_gone", "says that the page does not exist"
    if isinstance(error, HttpError):
        status = error.response.status
        return ("column_gone" if status in _MISSING else f"http_{status}"), f"answers {status}"
    if isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
        return "robots", "is forbidden by robots.txt"
    if isinstance(error, IgnoreRequest) and "max redirections" in str(error):
        spider.outcome.blocked("redirect_loop", f"{url} redirects without end, as protection by cookies does.")
        raise CloseSpider("blocked:redirect_loop")
    spider.logger.debug("%s: %r", url, error)
    return "unreachable", f"cannot be reached ({_reason(error)})"


def _reason(error: BaseException | None) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return re.sub(r"^\[|\]$", "", text)[:160]
