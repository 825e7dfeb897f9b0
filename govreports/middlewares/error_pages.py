"""Error pages that come with status 200: treated as the 404 that they are."""

from __future__ import annotations

import re

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse

ATTACHMENT = "govreports_attachment"
"""Key of ``Request.meta`` for requests that ask for a file and not for a page."""

_SAYS_MISSING = re.compile(
    r"页面(?:不存在|未找到|找不到|已(?:被)?删除|没有找到|走丢)|(?:找不到|没有找到|未找到)[^<]{0,12}(?:页面|网页|文件|内容)"
    r"|(?:您|你)?(?:所)?(?:访问|查看|浏览)的(?:页面|网页|内容|信息|文章)[^<]{0,10}(?:不存在|找不到|已(?:被)?删除|已下线)"
    r"|404\s*[-_:]?\s*(?:Not\s+Found|错误|error)|HTTP\s*404|Page\s+Not\s+Found",
    re.IGNORECASE,
)
_SIGNS = ("404", "不存在", "找不到", "没有找到", "未找到", "删除", "走丢", "下线", "ound", "OUND")
"""One of these stands in all that ``_SAYS_MISSING`` finds; to look for them takes a tenth of the time."""
_SHORT_TEXT = 600
"""Characters of readable text up to which a page can be an error page: a report is longer."""


class MissingPage(IgnoreRequest):
    """The answer says, with status 200, that there is no such page."""


class ErrorPagesMiddleware:
    """Raises MissingPage for such an answer."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Let all other answers pass."""
        # In place of a file, such a page is kept: a document that says why the file cannot be had.
        if request.meta.get(ATTACHMENT):
            return response
        if response.status == 200 and isinstance(response, TextResponse) and is_error_page(response):
            raise MissingPage(f"{response.url} says that the page does not exist")
        return response


def is_error_page(response: TextResponse) -> bool:
    """Whether a page is a site's message that there is no such page."""
    if "html" not in (response.headers.get("Content-Type") or b"html").decode("latin-1").lower():
        return False
    # The phrase must stand somewhere at all: most pages are done with here, without being parsed.
    source = response.text
    if not any(sign in source for sign in _SIGNS) or _SAYS_MISSING.search(source) is None:
        return False
    title = " ".join(response.xpath("//title//text()").getall())
    texts = response.xpath("//body//text()[not(parent::script or parent::style)]").getall()
    text = " ".join(" ".join(texts).split())
    if len(text) > _SHORT_TEXT:
        return False
    return _SAYS_MISSING.search(title) is not None or _SAYS_MISSING.search(text) is not None
