"""Bodies in the store: which publisher rows are one body, kept up to date with every page that is written.

What is stored is a function of the reports, not of the order in which they came: when a report of a publisher came,
went or changed, everything that is tied to it by name, code or an earlier match is matched anew. The page that brought
it only notes the publisher; matching waits for the end of the crawl, or for whoever opens the store next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from govreports.bodies import Body, BodyName, Sighting, load_corrections, load_divisions, match, name_of
from govreports.bodies.index_codes import credit_code, organisation_code
from govreports.store import models
from govreports.store.statements import inserting

_NAME: Final = "bodies"
_SOURCES: Final = ("corrections.toml", "names.toml", "divisions.tsv")
_CHUNK: Final = 500
"""Numbers in one IN clause: SQLite has a limit."""
_MANY: Final = 60
"""Names under one code beyond which it is surely the site's: with fewer, two stood in one year long before, so the code
was not believed already. To look at all of them with each page would take ever longer.
"""
# Any number, the same in every process: the name under which PostgreSQL lets one process match at a time.
_LOCK: Final = 32_100_2015


def match_all(connection: Connection) -> None:
    """Match every publisher, whatever was stored of it; names and index numbers are read again, too."""
    version = models.ReportVersion
    numbered = select(version.id, version.index_number, version.organisation_code)
    for row in connection.execute(numbered.where(version.index_number.is_not(None))).all():
        code = organisation_code(row.index_number)
        if code != row.organisation_code:
            connection.execute(update(version).where(version.id == row.id).values(organisation_code=code))
    publisher = models.Publisher
    connection.execute(update(publisher).values(home_code=None, short_name=None, level=None))
    everyone = set(connection.execute(select(publisher.id)).scalars())
    _name(connection, everyone)
    _store(connection, everyone)
    connection.execute(delete(models.UnmatchedPublisher))
    connection.execute(delete(models.Derived).where(models.Derived.name == _NAME))
    connection.execute(insert(models.Derived), {"name": _NAME, "digest": _digest()})


def are_matched(connection: Connection) -> bool:
    """Whether all bodies were matched by the corrections, rules and lists that the package has now."""
    table = models.Derived
    return connection.execute(select(table.digest).where(table.name == _NAME)).scalar_one_or_none() == _digest()


def publishers_of(connection: Connection, documents: Collection[int]) -> set[int]:
    """The publishers of the reports that documents carry."""
    rendition, version, report = models.Rendition, models.ReportVersion, models.Report
    query = (
        select(report.publisher_id)
        .join(version, version.report_id == report.id)
        .join(rendition, rendition.version_id == version.id)
        .where(rendition.document_id.in_(documents), report.publisher_id.is_not(None))
    )
    return {int(row.publisher_id) for row in connection.execute(query)}


def note(connection: Connection, publishers: Collection[int]) -> None:
    """Remember publishers of whom a report came, went or changed."""
    for publisher in sorted(publishers):
        values = {"publisher_id": publisher}
        # A note that is there is written again, which locks it: on PostgreSQL another process that matches meanwhile
        # does not see this page yet, and must not take the note for done.
        made = inserting(connection, models.UnmatchedPublisher).values(values)
        connection.execute(made.on_conflict_do_update(index_elements=list(values), set_=values))


def are_settled(connection: Connection) -> bool:
    """Whether no publisher waits to be matched."""
    return connection.execute(select(models.UnmatchedPublisher.publisher_id).limit(1)).one_or_none() is None


def settle(connection: Connection) -> None:
    """Match the publishers that were noted, and all that are tied to them, by the reports that are there now."""
    if are_settled(connection):
        return
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    waiting = models.UnmatchedPublisher
    # Notes of pages that are still being written wait for those who write them.
    noted = select(waiting.publisher_id).with_for_update(skip_locked=True)
    publishers = set(connection.execute(noted).scalars())
    _name(connection, publishers)
    _store(connection, _neighbourhood(connection, publishers))
    # What others have noted since then still waits.
    for chunk in _chunks(publishers):
        connection.execute(delete(waiting).where(waiting.publisher_id.in_(chunk)))


@lru_cache(maxsize=1)
def _digest() -> str:
    digest = hashlib.blake2b(digest_size=16)
    for name in _SOURCES:
        digest.update((files("govreports.bodies") / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _name(connection: Connection, publishers: Iterable[int]) -> None:
    """Read the names that were not read yet."""
    table, portal = models.Publisher, models.Portal
    for chunk in _chunks(publishers):
        query = select(table.id, table.name, table.division_code)
        for row in connection.execute(query.where(table.id.in_(chunk), table.short_name.is_(None))).all():
            sites = select(portal.name).where(portal.division_code == row.division_code).order_by(portal.id).limit(1)
            site = connection.execute(sites).scalar_one_or_none()
            name = name_of(row.name, division_code=row.division_code, site=site, divisions=load_divisions())
            values = {"home_code": name.division_code, "short_name": name.short, "level": name.level}
            connection.execute(update(table).where(table.id == row.id).values(values))


def _neighbourhood(connection: Connection, publishers: set[int]) -> set[int]:
    """All publishers tied to these by an earlier match, by name and division, by code or by a correction."""
    found: set[int] = set()
    new = publishers
    while new:
        found |= new
        new = _tied(connection, new) - found
    return found


def _tied(connection: Connection, publishers: set[int]) -> set[int]:
    publisher, report, version = models.Publisher, models.Report, models.ReportVersion
    tied: set[int] = set()
    for chunk in _chunks(publishers):
        rows = connection.execute(
            select(publisher.body_id, publisher.home_code, publisher.short_name).where(publisher.id.in_(chunk))
        ).all()
        bodies = {row.body_id for row in rows if row.body_id is not None}
        tied.update(connection.execute(select(publisher.id).where(publisher.body_id.in_(bodies))).scalars())
        for code, name in {same for row in rows for same in _corrected((row.home_code, row.short_name))}:
            same_name = select(publisher.id).where(publisher.home_code == code, publisher.short_name == name)
            tied.update(connection.execute(same_name).scalars())
        codes = (
            select(version.organisation_code)
            .join(report, report.id == version.report_id)
            .where(report.publisher_id.in_(chunk), version.is_current, version.organisation_code.is_not(None))
        )
        for known in connection.execute(codes.distinct()).scalars().all():
            holders = _holders(connection, known)
            tied.update(holders if len(holders) <= _MANY else ())
    return tied


def _holders(connection: Connection, code: str | None) -> set[int]:
    """The publishers on whose reports a code stands; some of them where there are too many."""
    report, version = models.Report, models.ReportVersion
    query = (
        select(report.publisher_id)
        .join(version, version.report_id == report.id)
        .where(version.organisation_code == code, version.is_current, report.publisher_id.is_not(None))
        .distinct()
        .limit(_MANY + 1)
    )
    return {int(row.publisher_id) for row in connection.execute(query)}


def _corrected(key: tuple[str, str]) -> list[tuple[str, str]]:
    """A name with those that a correction says are the same body's."""
    return [key, *(other for group in load_corrections().one if key in group for other in group if other != key)]


def _store(connection: Connection, publishers: set[int]) -> None:
    """Match a whole neighbourhood, and keep the outcome; bodies keep their numbers as far as possible."""
    publisher, body = models.Publisher, models.Body
    before: dict[int, int | None] = {}
    for chunk in _chunks(publishers):
        rows = connection.execute(select(publisher.id, publisher.body_id).where(publisher.id.in_(chunk)))
        before |= {row.id: row.body_id for row in rows}
    sightings, credit = _sightings(connection, publishers)
    codes = {one.code for one in sightings if one.code is not None}
    sites = {code for code in codes if len(_holders(connection, code)) > _MANY}
    corrections = load_corrections()
    corrections = replace(corrections, disbelieved=corrections.disbelieved | sites)
    bodies = sorted(match(sightings, corrections), key=lambda one: one.publishers)
    old = _stored(connection, {number for number in before.values() if number is not None})
    numbers = _numbers(bodies, before)
    new = {number: _values(one, credit) for one, number in zip(bodies, numbers, strict=True) if number is not None}
    matched = {one: number for part, number in zip(bodies, numbers, strict=True) if number for one in part.publishers}
    if None not in numbers and new == old and all(before[one] == matched.get(one) for one in publishers):
        return
    # A body's publishers are all in here, so its row can go and come again: keys change hands among bodies.
    for chunk in _chunks(one for one, number in before.items() if number is not None):
        connection.execute(update(publisher).where(publisher.id.in_(chunk)).values(body_id=None))
    for chunk in _chunks(old):
        connection.execute(delete(body).where(body.id.in_(chunk)))
    # Those that have a number first: a number that the database gives must not be one of them.
    for number, one in sorted(zip(numbers, bodies, strict=True), key=lambda pair: pair[0] is None):
        values = _values(one, credit) | ({} if number is None else {"id": number})
        number = int(connection.execute(insert(body).returning(body.id), values).scalar_one())
        connection.execute(update(publisher).where(publisher.id.in_(one.publishers)).values(body_id=number))


def _stored(connection: Connection, numbers: set[int]) -> dict[int, dict[str, Any]]:
    table = models.Body.__table__
    found: dict[int, dict[str, Any]] = {}
    for chunk in _chunks(numbers):
        for row in connection.execute(select(table).where(models.Body.id.in_(chunk))).mappings():
            found[row["id"]] = {name: value for name, value in row.items() if name != "id"}
    return found


def _numbers(bodies: Iterable[Body], before: dict[int, int | None]) -> list[int | None]:
    """For each body the least number that one of its publishers had, unless another body has taken it."""
    taken: set[int] = set()
    numbers: list[int | None] = []
    for one in bodies:
        free = {number for part in one.publishers if (number := before[part]) is not None} - taken
        number = min(free, default=None)
        numbers.append(number)
        if number is not None:
            taken.add(number)
    return numbers


def _sightings(connection: Connection, publishers: Iterable[int]) -> tuple[list[Sighting], dict[str, str]]:
    """The names on current versions, and the unified credit code to each organisation code."""
    publisher, report, version = models.Publisher, models.Report, models.ReportVersion
    found: list[Sighting] = []
    credit: dict[str, str] = {}
    for chunk in _chunks(publishers):
        query = (
            select(
                *(publisher.id, publisher.name, publisher.home_code, publisher.short_name, publisher.level),
                *(report.report_year, version.index_number, version.organisation_code),
            )
            .join(report, report.publisher_id == publisher.id)
            .join(version, version.report_id == report.id)
            .where(publisher.id.in_(chunk), version.is_current)
        )
        for row in connection.execute(query):
            name = BodyName(row.home_code, row.short_name, row.level)
            code = row.organisation_code
            found.append(Sighting(row.id, name, row.name, row.report_year, code))
            whole = None if code is None else credit_code(row.index_number)
            if whole is not None:
                credit[code] = max(whole, credit.get(code, whole))
    return found, credit


def _values(body: Body, credit: dict[str, str]) -> dict[str, Any]:
    return {
        "key": body.key,
        "name": body.name,
        "level": body.level,
        "division_code": body.division_code,
        "organisation_code": body.organisation_code,
        "credit_code": credit.get(body.organisation_code or ""),
        "matched_by": body.matched_by,
        "doubts": " ".join(body.doubts) or None,
    }


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(numbers))
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk
