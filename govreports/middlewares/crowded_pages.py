"""Pages that could not be parsed in any reasonable time or memory are not handed to the spiders."""

from __future__ import annotations

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from govreports.documents.crowded import crowding


class CrowdedPage(IgnoreRequest):
    """The page has too many tags, or too many attributes; ``crowding`` says what."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(f"{url} has {what}")
        self.crowding = what


class CrowdedPagesMiddleware:
    """Raises CrowdedPage for such an answer."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Let all other answers pass."""
        if isinstance(response, TextResponse):
            what = crowding(response.text.encode("utf-8", "replace"))
            if what is not None:
                raise CrowdedPage(response.url, what)
        return response
