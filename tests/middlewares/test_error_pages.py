"""Error pages with status 200."""

from __future__ import annotations

import pytest
from scrapy.http import HtmlResponse

from govreports.middlewares.error_pages import is_error_page


def _page(body: str) -> HtmlResponse:
    return HtmlResponse("http://a.gov.cn/x.html", body=body.encode(), encoding="utf-8")


@pytest.mark.parametrize(
    "body",
    [
        "<title>页面不存在</title><body>返回首页</body>",
        "<title>提示</title><body><div>您访问的页面不存在或已被删除</div></body>",
        "<title>某区人民政府</title><body>抱歉，找不到您要的页面</body>",
        "<title>404 Not Found</title><body>nginx</body>",
        "<title>提示</title><body>页面走丢了</body>",
        "<title>提示</title><body>页面已被删除</body>",
        "<title>提示</title><body>未找到该文件</body>",
        "<title>提示</title><body>没有找到您要的内容</body>",
        "<title>提示</title><body>您浏览的内容已下线</body>",
        "<title>Sorry</title><body>PAGE NOT FOUND</body>",
        "<title>Sorry</title><body>page not found</body>",
    ],
)
def test_a_message_that_there_is_no_page_is_told(body: str) -> None:
    assert is_error_page(_page(f"<html>{body}</html>"))


@pytest.mark.parametrize(
    "body",
    [
        "<title>某区2023年政府信息公开工作年度报告</title><body>一、总体情况</body>",
        f"<title>年报</title><body>{'申请的信息不存在，' * 100}找不到相关文件</body>",
        "<title>某区</title><body>政府信息不存在0件</body>",
    ],
)
def test_reports_that_speak_of_missing_information_pass(body: str) -> None:
    assert not is_error_page(_page(f"<html>{body}</html>"))
