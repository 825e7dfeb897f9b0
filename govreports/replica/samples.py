"""Figures that agree with each other, drawn from a seed: reports of invented bodies, year after year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from govreports.replica.reports import (
    APPLICANTS,
    DISPUTES,
    OUTCOMES,
    Edition,
    FigureKey,
    ReportSpec,
    figure_keys,
    outcome_leaves,
)

_ORGANISATIONS = [code for code, _ in APPLICANTS if code not in ("natural_person", "total")]
# Leaves that small bodies really use; the others stay 0.
_USUAL_LEAVES = ("granted", "partially_granted", "unavailable_not_held", "not_processed_petition")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A body that reports. ``requests`` is about how many it receives in a year."""

    name: str
    credit_code: str
    requests: int = 12
    document_prefix: str | None = None
    """``清岚政`` gives 清岚政〔2024〕3号; None gives 无文号."""
    slug: str = ""
    """What the body's directory is called where a portal groups by organ."""


@dataclass(slots=True)
class _Carried:
    """What one year leaves to the next."""

    requests: dict[str, int] = field(default_factory=dict)
    in_force: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)


def sample_reports(seed: int, *, publishers: Iterable[Publisher], years: Iterable[int]) -> list[ReportSpec]:
    """Reports of each publisher and year in which all relations hold, within a report and between its years.

    The same arguments give the same reports. Years 2019 and 2020 use form v2019, later ones v2021.
    """
    ordered = sorted(years)
    reports = []
    for publisher in publishers:
        random = Random(f"{seed}:{publisher.name}")
        carried = _Carried()
        reports += [_report(publisher, year, random, carried) for year in ordered]
    return reports


def _report(publisher: Publisher, year: int, random: Random, carried: _Carried) -> ReportSpec:
    edition: Edition = "v2019" if year <= 2020 else "v2021"
    figures: dict[FigureKey, str] = dict.fromkeys(figure_keys(edition), "0")
    proactive = _proactive_v2019 if edition == "v2019" else _proactive_v2021
    figures.update(proactive(publisher, random, carried))
    figures.update(_requests(publisher, edition, random, carried))
    figures.update(_disputes(publisher, random))
    issued = f"{year + 1}-01-{random.randint(8, 28):02d}"
    serial = random.randint(5000000, 5999999)
    return ReportSpec(
        publisher=publisher.name,
        year=year,
        edition=edition,
        figures=figures,
        index_number=f"{publisher.credit_code}/{year + 1}-{serial}",
        document_number=(
            f"{publisher.document_prefix}〔{year + 1}〕{random.randint(1, 9)}号"
            if publisher.document_prefix
            else "无文号"
        ),
        issued_on=issued,
        published_on=issued,
    )


def _proactive_v2021(publisher: Publisher, random: Random, carried: _Carried) -> dict[FigureKey, str]:
    figures: dict[FigureKey, str] = {}
    for item in ("regulation", "normative_document"):
        before = carried.in_force.get(item, random.randint(3, 30) if item == "normative_document" else 0)
        issued = random.randint(0, 4) if item == "normative_document" else 0
        repealed = random.randint(0, min(2, before))
        carried.in_force[item] = before + issued - repealed
        figures["proactive", item, "issued"] = str(issued)
        figures["proactive", item, "repealed"] = str(repealed)
        figures["proactive", item, "in_force"] = str(carried.in_force[item])
    for item in ("administrative_licence", "administrative_penalty", "administrative_compulsion"):
        figures["proactive", item, "decisions"] = str(random.randint(0, publisher.requests * 40))
    fee = Decimal(random.randint(0, publisher.requests * 10_000)).scaleb(-4).normalize()
    figures["proactive", "administrative_fee", "amount"] = f"{fee:f}"
    return figures


def _proactive_v2019(publisher: Publisher, random: Random, carried: _Carried) -> dict[FigureKey, str]:
    figures: dict[FigureKey, str] = {}
    made = random.randint(0, 4)
    before = carried.in_force.get("disclosed", random.randint(3, 30))
    carried.in_force["disclosed"] = before + made
    figures["proactive", "normative_document", "newly_made"] = str(made)
    figures["proactive", "normative_document", "newly_disclosed"] = str(made)
    figures["proactive", "normative_document", "disclosed_total"] = str(before + made)
    items = (
        "administrative_licence",
        "other_external_service",
        "administrative_penalty",
        "administrative_compulsion",
        "administrative_fee",
    )
    for item in items:
        previous = carried.items.get(item, random.randint(4, 60))
        change = random.randint(-3, 5)
        carried.items[item] = previous + change
        figures["proactive", item, "items_prev_year"] = str(previous)
        figures["proactive", item, "items_change"] = str(change)
        if item != "administrative_fee":
            figures["proactive", item, "decisions"] = str(random.randint(0, publisher.requests * 40))
    figures["proactive", "centralised_procurement", "projects"] = str(random.randint(1, 6))
    amount = random.randint(100, 900) * 1000
    figures["proactive", "centralised_procurement", "amount"] = f"{amount}元"
    return figures


def _requests(publisher: Publisher, edition: Edition, random: Random, carried: _Carried) -> dict[FigureKey, str]:
    counts: dict[tuple[str, str], int] = {}
    for column in ("natural_person", *_ORGANISATIONS):
        most = publisher.requests if column == "natural_person" else max(1, publisher.requests // 8)
        received = random.randint(most // 2, most)
        carried_in = carried.requests.get(column, 0)
        carried_out = random.randint(0, min(2, received))
        carried.requests[column] = carried_out
        concluded = received + carried_in - carried_out
        counts["new_received", column] = received
        counts["carried_in", column] = carried_in
        counts["carried_out", column] = carried_out
        counts["outcome_total", column] = concluded
        for _ in range(concluded):
            leaf = random.choice(_USUAL_LEAVES + outcome_leaves(edition))
            counts[leaf, column] = counts.get((leaf, column), 0) + 1
    for (row, _), count in list(counts.items()):
        counts[row, "total"] = counts.get((row, "total"), 0) + count
    return {("requests", row, column): str(count) for (row, column), count in counts.items()}


def _disputes(publisher: Publisher, random: Random) -> dict[FigureKey, str]:
    figures: dict[FigureKey, str] = {}
    for row, _ in DISPUTES:
        counts = [random.randint(0, publisher.requests // 6) for _ in OUTCOMES[:-1]]
        for (column, _), count in zip(OUTCOMES, [*counts, sum(counts)], strict=True):
            figures["disputes", row, column] = str(count)
    return figures
