"""Pages and their attachments in the store: one report, whatever the order in which they come in.

What was read from each of these documents is kept for itself (``KeptReading``); the versions of their report are
composed from it anew whenever one of them arrives, goes or is read otherwise (``renditions``). Pages without
attachments have nothing to do with this: their reading is their version.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, exists, func, insert, or_, select, update

from govreports.items import Page
from govreports.reports.model import Report
from govreports.store import content, history, models
from govreports.store.columns import storable
from govreports.store.dimensions import Known
from govreports.store.findings import replace_issues
from govreports.store.history import Sight
from govreports.store.reading import Reading, content_hash, url_digest
from govreports.store.renditions import DISAGREE, Composition, Member, disagreements, histories

_Row = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of one document's reading."""

    report: Report
    listed_year: int | None
    scope: str
    recognised: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """What composing anew did: a first version of a report, a further one, or none."""

    new: bool
    changed: bool


_decoder = msgspec.json.Decoder(_Kept)


def source_url(page: Page) -> str:
    """The page that a document belongs to: itself, or the one that it is attached to."""
    return page.report_url or page.url


def lock(connection: Connection, portal: int, page: Page) -> None:
    """Let no other process write documents of the same page before this transaction ends."""
    # On SQLite the transaction is the only writer anyway.
    if connection.dialect.name == "postgresql":
        key = int(url_digest(f"{portal} {source_url(page)}")[:15], 16)
        connection.execute(select(func.pg_advisory_xact_lock(key)))


def shares_a_report(connection: Connection, portal: int, page: Page) -> bool:
    """Whether a page is an attachment, or one that has attachments in the store."""
    if source_url(page) != page.url:
        return True
    return has_attachments(connection, portal, page.url)


def has_attachments(connection: Connection, portal: int, url: str) -> bool:
    """Whether the store holds an attachment of the page at ``url``."""
    return bool(connection.execute(_HAS_ATTACHMENTS, {"portal": portal, "page": url_digest(url)}).scalar_one())


_HAS_ATTACHMENTS = select(
    exists().where(models.Document.portal_id == bindparam("portal"), models.Document.page_digest == bindparam("page"))
)


def keep(connection: Connection, document: int, page: Page, reading: Reading) -> None:
    """Keep what was read from a document of such a page; nothing where it gave no report."""
    connection.execute(delete(models.KeptReading).where(models.KeptReading.document_id == document))
    if reading.report is not None:
        kept = _Kept(reading.report, page.listed_year, reading.scope, reading.recognised)
        _put(connection, document, kept)


def settle(connection: Connection, known: Known, portal: int, page: Page, *, reread: int | None = None) -> Settled:
    """Compose the reports of a page and its attachments from what is kept of them.

    ``reread`` is the document whose reading just changed.
    """
    source = source_url(page)
    members, documents = _members(connection, portal, source)
    compositions = [composition for past in histories(members) for composition in past]
    before = _versions_of(connection, documents)
    claims = [_claim(connection, portal, source, composition) for composition in compositions]
    spare = [row for row in before if row.id not in {claim.version for claim in claims}]
    tied: dict[int, int] = {}
    present: dict[int, int] = {}
    for composition, claim in zip(compositions, claims, strict=True):
        version = _version_with(connection, claim.report_id, claim.digest)
        room = next((row for row in spare if row.report_id == claim.report_id), None)
        if version is not None:
            if _is_taken_otherwise(connection, version, composition, documents, reread):
                _rewrite(connection, known, version, composition, claim.digest)
        elif room is not None:
            spare.remove(room)
            version = room.id
            _rewrite(connection, known, version, composition, claim.digest)
        else:
            version = _add(connection, known, composition, claim)
        history.touch(connection, version, composition.sight)
        tied |= dict.fromkeys((member.document_id for member in composition.members), version)
        present[claim.report_id] = version
    _tie_anew(connection, documents, tied)
    for row in spare:
        history.drop_version(connection, row.id)
    for version in present.values():
        _lead(connection, version, source, page, documents)
    _note_disagreements(connection, documents, compositions)
    new = any(claim.is_new for claim in claims) and len(present) > len({row.report_id for row in before})
    return Settled(new=new, changed=not new and len(set(tied.values())) > len(before))


@dataclass(frozen=True, slots=True)
class _Claim:
    report_id: int
    is_new: bool
    digest: str
    version: int | None
    """The version that has this content already."""


def _claim(connection: Connection, portal: int, source: str, composition: Composition) -> _Claim:
    report_id, is_new = history.put_report(
        connection,
        portal,
        publisher=composition.publisher,
        year=composition.year,
        scope=composition.scope,
        source_url=source,
    )
    digest = content_hash(composition.report)
    return _Claim(report_id, is_new, digest, _version_with(connection, report_id, digest))


def _version_with(connection: Connection, report_id: int, digest: str) -> int | None:
    version = models.ReportVersion
    query = select(version.id).where(version.report_id == report_id, version.content_hash == digest)
    return connection.execute(query).scalar_one_or_none()


def _members(connection: Connection, portal: int, source: str) -> tuple[list[Member], list[int]]:
    """The readable documents of a page and its attachments, and the numbers of all of them."""
    table, kept = models.Document, models.KeptReading
    digest = url_digest(source)
    rows = connection.execute(
        select(table.__table__, kept.content, models.Rendition.version_id)
        .outerjoin(kept, kept.document_id == table.id)
        .outerjoin(models.Rendition, models.Rendition.document_id == table.id)
        .where(table.portal_id == portal, or_(table.page_digest == digest, _is_page(digest)))
        .order_by(table.id)
    ).all()
    members = [
        Member(
            document_id=row.id,
            url=row.url,
            sha256=row.sha256,
            is_page=row.page_digest is None,
            media_type=row.media_type,
            recognised=reading.recognised,
            report=reading.report,
            listed_year=reading.listed_year,
            scope=reading.scope,
            sight=Sight(row.fetched_at, row.last_seen),
        )
        for row in rows
        if row.status == "ok" and (reading := _kept(connection, row)) is not None
    ]
    return members, [row.id for row in rows]


def documents_of(connection: Connection, portal: int, source: str) -> list[int]:
    """All documents of the page at an address and of its attachments."""
    table, digest = models.Document, url_digest(source)
    query = select(table.id).where(table.portal_id == portal, or_(table.page_digest == digest, _is_page(digest)))
    return list(connection.execute(query).scalars())


def _is_page(digest: str) -> Any:
    return (models.Document.url_digest == digest) & models.Document.page_digest.is_(None)


def _kept(connection: Connection, row: _Row) -> _Kept | None:
    """What is kept of a document; of a page that stood alone until now, what its version holds."""
    if row.content is not None:
        return _decoder.decode(zlib.decompress(row.content))
    if row.version_id is None:
        return None
    report, scope = content.read_report(connection, row.version_id)
    kept = _Kept(report, report.report_year, scope, False)
    _put(connection, row.id, kept)
    return kept


def _put(connection: Connection, document: int, kept: _Kept) -> None:
    try:
        packed = msgspec.json.encode(kept)
    except UnicodeEncodeError:
        # Lone surrogates, which the web does send.
        packed = msgspec.json.encode(_storable(msgspec.to_builtins(kept)))
    connection.execute(insert(models.KeptReading), {"document_id": document, "content": zlib.compress(packed)})


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {_storable(key): _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list | tuple) else value


def _versions_of(connection: Connection, documents: Sequence[int]) -> list[_Row]:
    """The versions that only these documents carry, by number: room for what is composed anew."""
    version, rendition = models.ReportVersion, models.Rendition
    of_others = exists().where(rendition.version_id == version.id, rendition.document_id.not_in(documents))
    carried = select(rendition.version_id).where(rendition.document_id.in_(documents))
    query = select(version.id, version.report_id).where(
        or_(version.id.in_(carried), version.document_id.in_(documents)), ~of_others
    )
    return list(connection.execute(query.order_by(version.report_id, version.number)))


def _is_taken_otherwise(
    connection: Connection, version: int, composition: Composition, documents: Sequence[int], reread: int | None
) -> bool:
    """Whether a version of the same content was taken from other ones of these documents, or other places in them."""
    table, source = models.ReportVersion, models.TableSource
    lead = connection.execute(select(table.document_id).where(table.id == version)).scalar_one()
    if lead not in documents:
        # The content is also published elsewhere, and was first seen there.
        return False
    if reread in {member.document_id for member in composition.members}:
        return True
    rows = connection.execute(select(source.table_code, source.document_id).where(source.version_id == version))
    sources = {row.table_code: row.document_id for row in rows}
    return lead != composition.lead.document_id or sources != composition.sources


def _add(connection: Connection, known: Known, composition: Composition, claim: _Claim) -> int:
    lead, report = composition.lead.document_id, composition.report
    added = history.add_version(connection, known, claim.report_id, lead, report, claim.digest, composition.sight)
    _put_sources(connection, added.version_id, composition)
    return added.version_id


def _rewrite(connection: Connection, known: Known, version: int, composition: Composition, digest: str) -> None:
    content.rewrite(connection, known, version, composition.report, digest)
    lead = {"document_id": composition.lead.document_id}
    connection.execute(update(models.ReportVersion).where(models.ReportVersion.id == version).values(lead))
    connection.execute(delete(models.TableSource).where(models.TableSource.version_id == version))
    _put_sources(connection, version, composition)


def _put_sources(connection: Connection, version: int, composition: Composition) -> None:
    rows = [
        {"version_id": version, "table_code": table, "document_id": document}
        for table, document in composition.sources.items()
    ]
    if rows:
        connection.execute(insert(models.TableSource), rows)


def _tie_anew(connection: Connection, documents: Sequence[int], tied: dict[int, int]) -> None:
    rendition = models.Rendition
    rows = connection.execute(select(rendition.__table__).where(rendition.document_id.in_(documents)))
    if {row.document_id: row.version_id for row in rows} == tied:
        return
    connection.execute(delete(rendition).where(rendition.document_id.in_(documents)))
    for document, version in tied.items():
        history.tie(connection, document, version)


def _lead(connection: Connection, version: int, source: str, page: Page, documents: Sequence[int]) -> None:
    """Of one page and its attachments the present content counts; against other addresses, the better claim."""
    table = models.ReportVersion
    report = select(table.report_id).where(table.id == version).scalar_subquery()
    current = connection.execute(
        select(table.id, table.document_id).where(table.report_id == report, table.is_current)
    ).one_or_none()
    if current is not None and current.id != version and current.document_id in documents:
        history.make_current(connection, version, instead_of=current.id)
    else:
        history.let_lead(connection, version, source_url=source, fetched_at=page.fetched_at)


def _note_disagreements(connection: Connection, documents: Sequence[int], compositions: Sequence[Composition]) -> None:
    issues: dict[int, Any] = dict.fromkeys(documents, ())
    # The last composition of a document speaks for it.
    for composition in compositions:
        issues |= dict.fromkeys((member.document_id for member in composition.members), ())
        issues |= disagreements(composition)
    for document, found in issues.items():
        replace_issues(connection, document, found, only=DISAGREE)
