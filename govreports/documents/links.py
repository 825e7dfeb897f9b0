"""What a page refers to that may be an attachment or a picture: links, frames, images, addresses in its scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from lxml import etree

from govreports.documents.model import Link

_ENDINGS = r"(?:pdf|docx?|wps|xlsx?|et|rtf|ofd|zip|rar)"
_ATTACHMENT = re.compile(rf"\.{_ENDINGS}\b|downfile|download|attach|openfile|/group\d+/m\d\d/|/__local/|/protect/")
"""Of an address in lower case: asked of every link of a page, and quicker so."""
_DOCUMENT_ADDRESS = re.compile(
    rf"""["']([^"'\s<>|]*\.{_ENDINGS}(?:[?#][^"'\s<>|]*)?)(?:\|([^"'<>]*))?["']""", re.IGNORECASE
)
_VIEWER = re.compile(r"/viewer\.html?\?|[?&]file(?:url)?=", re.IGNORECASE)
_VIEWED = ("file", "fileurl", "src", "url")
_LAZY_SOURCES = ("src", "data-src", "data-original", "data-url")
_GENERIC = re.compile(
    r"(?:附|附件|附表|附录|下载|点击|查看|浏览|打开|原文|全文|正文|文件|文档|这里|此处|链接|版本?|格式|图片?|无标题|未命名"
    r"|pdf|word|docx?|wps|xlsx?|excel|ofd|zip|rar|html?|jpe?g|png|image|img|\d|[一二三四五六七八九十]|[\W_])*",
    re.IGNORECASE,
)
_HASH = re.compile(r"[PW]?0?\d{9,}|[0-9a-f]{16,}|[\w-]{30,}", re.IGNORECASE | re.ASCII)
_ENDING = re.compile(rf"\.(?:{_ENDINGS}|jpe?g|png|gif|bmp|tiff?|webp)$", re.IGNORECASE)


def page_links(text: str) -> tuple[Link, ...]:
    """The links of a page, without reading anything else of it."""
    # As in ``html``: the plain parser makes no Python object of an element before it is asked for.
    root = etree.fromstring(text.encode("utf-8", "replace") or b" ", etree.HTMLParser(encoding="utf-8"))
    return () if root is None else tuple(links_of(root))


def links_of(root: etree._Element) -> Iterator[Link]:
    """The links of a page's tree, addresses as printed; of a viewer, the file that it shows."""
    for element in root.iter("a", "img", "iframe", "embed", "object", "script"):
        match element.tag:
            case "a":
                yield from _anchor(element)
            case "img":
                address = next((value for name in _LAZY_SOURCES if (value := element.get(name))), None)
                if address:
                    yield Link(address, visible_name(element.get("alt"), element.get("title")), "image")
            case "script":
                for found in _DOCUMENT_ADDRESS.finditer((element.text or "").replace("\\/", "/")):
                    yield Link(found[1], visible_name(found[2]), "script")
            case _:
                if address := element.get("src") or element.get("data"):
                    yield Link(_viewed(address) or address, visible_name(element.get("title")), "frame")


def is_generic_name(name: str) -> bool:
    """Whether a visible name says nothing of what it names: 附件1, 点击下载, PDF版, or nothing at all."""
    return _GENERIC.fullmatch(_ENDING.sub("", name.strip())) is not None


def visible_name(*candidates: str | None) -> str:
    """The first of the names that people see which says something; a generic one, or none, where none does.

    The name of a file that a machine made up (``P020240131….pdf``, a digest) is none.
    """
    names = [" ".join(candidate.split()) for candidate in candidates if candidate]
    seen = [name for name in names if name and _HASH.fullmatch(_ENDING.sub("", name)) is None]
    return next((name for name in seen if not is_generic_name(name)), next(iter(seen), ""))


def _anchor(element: etree._Element) -> Iterator[Link]:
    address = element.get("href") or ""
    if (viewed := _viewed(address)) is not None:
        yield Link(viewed, _name_of(element), "anchor")
    elif address.lower().startswith(("javascript:", "#")) or not address:
        # The address stands in a call: onclick="window.open('./P0….pdf')".
        for call in (address, element.get("onclick") or ""):
            for found in _DOCUMENT_ADDRESS.finditer(call):
                yield Link(found[1], _name_of(element), "anchor")
    elif _ATTACHMENT.search(address.lower()) or element.get("download") is not None or _in_file_tag(element):
        yield Link(address, _name_of(element), "anchor")


def _name_of(element: etree._Element) -> str:
    return visible_name(_text(element), element.get("download"), element.get("title"))


def _in_file_tag(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and "insertfiletag" in (parent.get("class") or "").lower()


def _viewed(address: str) -> str | None:
    """The file that an address such as ``viewer.html?file=/a/b.pdf`` shows; None for other addresses."""
    if "=" not in address or not _VIEWER.search(address):
        return None
    try:
        query = parse_qs(urlsplit(address).query)
    except ValueError:
        return None
    said = {name.lower(): values[0] for name, values in query.items()}
    shown = next((said[name] for name in _VIEWED if name in said), None)
    if shown is None or not (_ATTACHMENT.search(shown.lower()) or "/" in shown):
        return None
    # The viewer asks for it from where it stands itself; it is often encoded a second time.
    return urljoin(address, unquote(shown))


def _text(element: etree._Element) -> str:
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)
