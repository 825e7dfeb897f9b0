"""Pages that could not be parsed in any reasonable time are not handed to the spiders."""

from __future__ import annotations

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

from govreports.documents.crowded import ATTRIBUTE_LIMIT, has_crowded_tag


class CrowdedPage(IgnoreRequest):
    """A tag of the page has thousands of attributes."""


class CrowdedTagsMiddleware:
    """Raises CrowdedPage for such an answer."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Let all other answers pass."""
        if isinstance(response, TextResponse) and has_crowded_tag(response.text.encode("utf-8", "replace")):
            raise CrowdedPage(f"{response.url} has a tag with more than {ATTRIBUTE_LIMIT:,} attributes")
        return response
