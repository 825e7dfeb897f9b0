"""Which reports a portal should hold: from what was ever seen of it, and from the statute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from govreports.coverage.deadlines import Calendar
from govreports.registry.years import FIRST_YEAR
from govreports.reports.titles import judge_title
from govreports.store.expectations import Expected, SeenPublisher, WaitingDocument

_Key = tuple[int | None, int]


def expected_reports(
    seen: Sequence[SeenPublisher],
    waiting: Sequence[WaitingDocument],
    *,
    division_code: str | None,
    known_years: Iterable[int],
    today: date,
    calendar: Calendar,
) -> list[Expected]:
    """What a portal should hold on the day ``today``.

    Every body that was ever seen owes a report for each year from its first one to the year before ``today``'s,
    unless it has been silent for so long that it is taken to be dissolved. A portal of which nothing was seen owes
    that of its own government: for the last year, and for ``known_years``, the years that the registry knows it to
    hold.
    """
    last = today.year - 1
    owed: dict[_Key, None] = {}
    for body in seen:
        until = min(last, max(body.years) + calendar.silent_years)
        owed |= dict.fromkeys((body.publisher_id, year) for year in range(min(body.years), until + 1))
        owed |= dict.fromkeys((body.publisher_id, year) for year in body.years)
    if not seen:
        owed |= dict.fromkeys((None, year) for year in {*known_years, last} if year <= last)
    waits = _waiting(waiting, seen)
    owed |= dict.fromkeys(waits)
    bodies = {body.publisher_id: body for body in seen}
    found = []
    for publisher_id, year in sorted(owed, key=lambda key: (key[0] or 0, key[1])):
        if year < FIRST_YEAR:
            continue
        publisher = bodies.get(publisher_id or 0)
        kind = (
            calendar.kind_of(None)
            if publisher is None
            else calendar.kind_of(publisher.name, speaks_for_area=publisher.speaks_for_area)
        )
        division = publisher.division_code if publisher is not None and publisher.division_code else division_code
        document = waits.get((publisher_id, year))
        found.append(
            Expected(
                publisher_id=publisher_id,
                report_year=year,
                publisher_kind=kind,
                deadline=calendar.deadline(year, kind, division).isoformat(),
                waits_for=document.waits_for if document else None,
                waiting_url=document.url if document else None,
            )
        )
    return found


def is_due(deadline: date, *, today: date, calendar: Calendar) -> bool:
    """Whether a report that is not there is expected now: its year is over, and it is not given up yet."""
    return today <= deadline + timedelta(days=calendar.tail_days)


def _waiting(waiting: Sequence[WaitingDocument], seen: Sequence[SeenPublisher]) -> dict[_Key, WaitingDocument]:
    by_name = {body.name: body.publisher_id for body in seen}
    found: dict[_Key, WaitingDocument] = {}
    for document in waiting:
        if document.report_of is not None:
            publisher_id, year = document.report_of
        else:
            judged = judge_title(document.listed_title or "")
            year = judged.year
            publisher_id = by_name.get(judged.body or "")
            if judged.body is None and len(seen) == 1:
                publisher_id = seen[0].publisher_id
        if year is not None:
            found.setdefault((publisher_id, year), document)
    return found
