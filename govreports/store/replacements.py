"""Which version was published in the place of which, and how that shows."""

from __future__ import annotations

import re
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from govreports.store import models

_Row = Row[*tuple[Any, ...]]

_CORRECTION: Final = re.compile("更正|勘误|修订|修正|重新发布|重新公布|重新公开")
"""Words by which a title says that it corrects what was published before."""


def note(connection: Connection, version: int, earlier: int) -> None:
    """Note that ``version`` took the place of ``earlier``, once for each version.

    One that was there before the other and only became current again replaces nothing.
    """
    table = models.Replacement
    here, there = _published(connection, version), _published(connection, earlier)
    known = connection.execute(select(table.version_id).where(table.version_id == version)).one_or_none()
    if known is not None or here.number < there.number:
        return
    values = {"version_id": version, "replaces_id": earlier, "change": _change(here, there)}
    connection.execute(insert(table), values)


def _published(connection: Connection, version: int) -> _Row:
    table, document = models.ReportVersion, models.Document
    return connection.execute(
        select(table.number, table.title, table.index_number, document.source_url, document.listed_title)
        .join(document, document.id == table.document_id)
        .where(table.id == version)
    ).one()


def _change(here: _Row, there: _Row) -> str:
    titles = [f"{row.title or ''} {row.listed_title or ''}" for row in (here, there)]
    says_so, said_so = (_CORRECTION.search(title) is not None for title in titles)
    if says_so and not said_so:
        return "correction"
    if here.index_number and there.index_number and here.index_number != there.index_number:
        return "new_index_number"
    return "edited" if here.source_url == there.source_url else "republished"
