"""What every replica page shares: the shell, the national meta tags, the platform's five entries."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from govreports.replica.reports import ReportSpec

Meta = tuple[str, str]
Link = tuple[str, str]
"""(address, label)."""


def page(*, title: str, body: str, metas: Sequence[Meta] = (), charset: str = "utf-8", head: str = "") -> str:
    """A whole HTML page; ``charset`` is what its meta tag declares."""
    tags = "\n".join(f'<meta name="{name}" content="{escape(content)}" />' for name, content in metas)
    return (
        "<!DOCTYPE html>\n<html>\n<head>\n"
        f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n'
        f"{tags}\n<title>{escape(title)}</title>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def site_metas(site_name: str, division_code: str, host: str) -> list[Meta]:
    """The three tags that every page of a government site carries."""
    return [
        ("SiteName", site_name),
        ("SiteDomain", host),
        ("SiteIDCode", f"{division_code}0001"[:10]),
    ]


def column_metas(name: str) -> list[Meta]:
    """The tags of a list page."""
    return [
        ("ColumnName", name),
        ("ColumnDescription", f"{name}栏目"),
        ("ColumnKeywords", name),
        ("ColumnType", "信息公开年报" if "年" in name else name),
    ]


def article_metas(title: str, published: str, source: str) -> list[Meta]:
    """The tags of an article page."""
    return [("ArticleTitle", title), ("PubDate", published), ("ContentSource", source)]


def links(entries: Sequence[Link]) -> str:
    """A plain list of anchors."""
    items = "".join(f'<li><a href="{escape(url)}">{escape(label)}</a></li>' for url, label in entries)
    return f"<ul>{items}</ul>"


def platform_navigation(reports_url: str, *, base: str = "/zwgk") -> str:
    """The five entries of the disclosure platform, labels broken over two lines as templates print them."""
    entries = (
        (f"{base}/zfxxgkzn/", "政府信息<br>公开指南"),
        (f"{base}/zfxxgkzd/", "政府信息<br>公开制度"),
        (f"{base}/fdzdgknr/", "法定主动<br>公开内容"),
        (reports_url, "政府信息<br>公开年报"),
        (f"{base}/ysqgk/", "依申请公开"),
    )
    items = "".join(f'<h3><a href="{escape(url)}"><em></em>{label}</a></h3>' for url, label in entries)
    return f'<div class="dl_nav">{items}</div>'


def margin_news(news: Sequence[Link]) -> str:
    """News of other columns beside a list, dated as its own rows are."""
    rows = "".join(
        f'<li><a href="{escape(url)}" title="{escape(title)}">{escape(title)}</a><span>2024-03-1{place}</span></li>'
        for place, (url, title) in enumerate(news)
    )
    return f'<div class="side"><h3>要闻</h3><ul>{rows}</ul></div>'


def metadata_pairs(report: ReportSpec) -> list[tuple[str, str]]:
    """(label, value) of a report's metadata block in the usual order, labels without colon."""
    return [
        ("索引号", report.index_number),
        ("文号", report.document_number),
        ("发文日期", report.issued_on),
        ("发布机构", report.publisher),
    ]
