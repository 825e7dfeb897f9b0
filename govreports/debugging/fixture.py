"""A page and what is expected of it, side by side: ``name.html`` (or ``.txt``) and ``name.json``, a test case.

The expectation begins with ``about``, what is unusual there; that of a list names its ``family`` and ``url``, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scrapy.http import TextResponse

from govreports import documents, reports
from govreports.debugging.disguise import Disguise
from govreports.debugging.expectation import Expectation, of_list, of_report
from govreports.debugging.received import Received
from govreports.debugging.specimen import Specimen, examine
from govreports.documents.charset import decode
from govreports.interpretation import why_not_a_report
from govreports.reports import Report
from govreports.reports.titles import judge_title
from govreports.spiders.detection import detect
from govreports.spiders.families import FAMILIES
from govreports.spiders.listing import Listing
from govreports.spiders.single import response_of

REPORTS: Final = Path("tests/reports/variations")
LISTS: Final = Path("tests/spiders/lists")
"""Where a checkout keeps its fixtures."""
_ENDINGS: Final = {"text/html": ".html", "text/plain": ".txt"}
_KEPT: Final = ("about", "family", "url")
"""What of an expectation is not read from the page."""


class NoFixture(Exception):
    """No test case can be made of the page; the message is one sentence for people."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A page made anonymous, with what is read from it; ``changed`` says in what it is read otherwise than before."""

    body: bytes
    ending: str
    expected: Expectation
    folder: Path
    changed: tuple[str, ...]


def draft(received: Received, *, about: str, family: str | None) -> Draft:
    """Make a page anonymous. Raises NoFixture.

    ``family`` says that it is a list of that CMS family; where it is None, a page with neither tables nor sections is a
    list if the family that it shows signs of reads one from it.
    """
    specimen = examine(received)
    if specimen.document is None or specimen.report is None:
        raise NoFixture(f"{received.source} cannot be read: {specimen.problem}")
    media_type = specimen.document.media_type
    if media_type not in _ENDINGS:
        raise NoFixture(f"{received.source} is {media_type}; only web pages and texts can be made anonymous")
    report = specimen.report
    printed = bool(report.sections) or any(edition is not None for edition in report.forms.values())
    family = family or (None if printed else _listing_family(received))
    if family is not None:
        return _of_list(specimen, family, about)
    if (reason := why_not_a_report(report, None)) is not None:
        raise NoFixture(
            f"{received.source} is no annual report ({reason}), and no known CMS family reads a list from it: "
            f"name it with --family ({', '.join(FAMILIES)}) if it is one"
        )
    # What its list said of it is not in the page, so that the case does not know it.
    return _of_report(specimen, reports.extract(specimen.document), _ENDINGS[media_type], about)


def fixtures_in(place: Path) -> list[Path]:
    """The pages of a folder that have an expectation beside them, or the one that is named."""
    if place.is_file():
        return [place]
    return sorted(path for path in place.iterdir() if path.suffix != ".json" and path.with_suffix(".json").exists())


def expected_of(page: Path) -> Expectation:
    """What stands beside a page."""
    expected: Expectation = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return expected


def read_anew(page: Path) -> Expectation:
    """What is read of a page now, with what its expectation says about it."""
    stated = {name: value for name, value in expected_of(page).items() if name in _KEPT}
    body = page.read_bytes()
    if "family" in stated:
        return stated | of_list(_listing(body, stated["url"], stated["family"]))
    return stated | of_report(reports.extract(documents.read(body)))


def write_expected(page: Path, expected: Expectation) -> None:
    """Put an expectation beside its page."""
    page.with_suffix(".json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _of_report(specimen: Specimen, report: Report, ending: str, about: str) -> Draft:
    decoded = decode(specimen.received.body, content_type=specimen.received.content_type)
    disguise = Disguise(specimen.explanation, decoded.text, url=specimen.received.url)
    text = disguise.page() if ending == ".html" else disguise.plain()
    body = _encoded(text, decoded.encoding)
    again = reports.extract(documents.read(body))
    changed = tuple(_differing(_shape(report), _shape(again)))
    return Draft(body, ending, {"about": about, **of_report(again)}, REPORTS, changed)


def _of_list(specimen: Specimen, family: str, about: str) -> Draft:
    received = specimen.received
    decoded = decode(received.body, content_type=received.content_type)
    disguise = Disguise(specimen.explanation, decoded.text, url=received.url)
    url = disguise.address(received.url)
    body = _encoded(disguise.page(), decoded.encoding)
    before, after = (_listing(*page, family) for page in ((received.body, received.url), (body, url)))
    changed = tuple(_differing(_list_shape(before), _list_shape(after)))
    return Draft(body, ".html", {"about": about, "family": family, "url": url, **of_list(after)}, LISTS, changed)


def _encoded(text: str, encoding: str) -> bytes:
    """In the page's own charset where that is found again without headers, else in UTF-8 with its mark."""
    try:
        body = text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8-sig")
    return body if decode(body, content_type=None).text == text else text.encode("utf-8-sig")


def _listing_family(received: Received) -> str | None:
    """The family that a page shows signs of and that reads a list from it."""
    response = response_of(received.url, received.body, headers=(("Content-Type", "text/html"),))
    verdict = detect(response) if isinstance(response, TextResponse) else None
    if verdict is None or verdict.best is None or verdict.best.family not in FAMILIES:
        return None
    listing = _listing(received.body, received.url, verdict.best.family)
    return verdict.best.family if listing.items else None


def _listing(body: bytes, url: str, family: str) -> Listing:
    response = response_of(url, body, headers=(("Content-Type", "text/html"),))
    assert isinstance(response, TextResponse)
    return FAMILIES[family]().list_page(response)


def _shape(report: Report) -> dict[str, Any]:
    """What must be the same after a page was made anonymous: all but words."""
    facts = {
        f"{fact.table}.{fact.row}.{fact.column}": (fact.status, fact.value, fact.unit, fact.at) for fact in report.facts
    }
    return {
        "report_year": report.report_year,
        "issued_on": report.issued_on,
        "published_on": report.published_on,
        "forms": report.forms,
        "sections": [section.number for section in report.sections],
        "metadata": [(entry.label, entry.field, entry.value is None) for entry in report.metadata],
        "issues": [(issue.severity, issue.code, issue.at) for issue in report.issues],
        "checks": [(check.rule, check.row, check.column, check.status) for check in report.checks],
        **facts,
    }


def _list_shape(listing: Listing) -> dict[str, Any]:
    judged = [judge_title(item.title or "") for item in listing.items]
    return {
        "items": len(listing.items),
        "titles": [(one.kind, one.year) for one in judged],
        "dates": [item.listed_on for item in listing.items],
        "columns": len(listing.columns),
        "items_claimed": listing.items_claimed,
        "last_page": listing.plan.last if listing.plan is not None else None,
    }


def _differing(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    yield from (name for name, value in before.items() if value != after.get(name))
