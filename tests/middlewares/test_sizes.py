"""How large an answer may be depends on what was asked for."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy import Request
from scrapy.utils.test import get_crawler

from govreports.middlewares.sampled import LIST_PAGE
from govreports.middlewares.sizes import ROBOTS_BYTES, SizesMiddleware

HOME = "http://www.a.gov.cn"


@pytest.mark.parametrize(
    ("url", "meta", "limit"),
    [
        (f"{HOME}/zwgk/", {LIST_PAGE: True}, 1000),
        (f"{HOME}/robots.txt", {}, ROBOTS_BYTES),
        (f"{HOME}/t20240130_1.html", {}, None),
        (f"{HOME}/x.pdf", {"download_maxsize": 7}, 7),
    ],
)
def test_lists_and_rules_are_small_and_reports_as_large_as_the_settings_say(
    url: str, meta: dict[str, Any], limit: int | None
) -> None:
    middleware = SizesMiddleware.from_crawler(get_crawler(settings_dict={"GOVREPORTS_MAX_LIST_BYTES": 1000}))
    request = Request(url, meta=meta)
    middleware.process_request(request)
    assert request.meta.get("download_maxsize") == limit
