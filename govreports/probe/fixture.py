"""A page that a probe met, saved so that a test can begin with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from govreports.documents import UnreadableDocument, read
from govreports.reports import extract
from govreports.reports.record import encode, error_record, to_record
from govreports.spiders.probe import SeenPage


def save_fixture(page: SeenPage, folder: Path, *, family: str | None) -> list[Path]:
    """Write ``page.html`` as received, ``page.json`` (where it came from), and ``expected.json``; their paths.

    ``expected.json`` is what is read today and is to be reviewed: the extraction record of a report, the list of any
    other page. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source = {"url": page.url, "content_type": page.content_type, "kind": page.kind, "family": family}
    contents = {
        "page.html": page.body,
        "page.json": _json(source),
        "expected.json": _record(page) if page.kind == "report" else _json(_listing(page)),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def _record(page: SeenPage) -> bytes:
    try:
        document = read(page.body, content_type=page.content_type)
        record = to_record(extract(document), document, source="page.html")
    except UnreadableDocument as error:
        record = error_record("page.html", code=error.code, message=error.message)
    return _json(json.loads(encode(record)))


def _listing(page: SeenPage) -> dict[str, Any]:
    listing = page.listing
    return {
        "items": [{"url": item.url, "title": item.title, "listed_on": item.listed_on} for item in listing.items],
        "columns": [{"url": link.url, "label": link.label} for link in listing.columns],
        "items_claimed": listing.items_claimed,
        "last_page": listing.plan.last if listing.plan is not None else None,
        "inline": listing.inline.title if listing.inline is not None else None,
    }


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
