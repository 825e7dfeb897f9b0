"""A page under the lens: what was received, what is read from it, and how that came about."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from govreports import documents, reports
from govreports.debugging.received import Received
from govreports.documents import Document, UnreadableDocument
from govreports.reports import Report
from govreports.reports.explanation import Explanation, explain

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Specimen:
    """A page and its reading. Where nothing can be read, ``problem`` says why in one sentence and the rest is None."""

    received: Received
    document: Document | None = None
    report: Report | None = None
    explanation: Explanation | None = None
    problem: str | None = None


def examine(received: Received) -> Specimen:
    """Read a page as a crawl does. Never raises for what the page holds."""
    document: Document | None = None
    try:
        document = documents.read(received.body, content_type=received.content_type)
        report = reports.extract(document, listed=received.listed)
        return Specimen(received, document, report, explain(document, report))
    except UnreadableDocument as error:
        return Specimen(received, problem=error.message)
    # As in interpretation.reading_of: a fault of the parser is what somebody is here to find, with its traceback.
    except Exception as error:
        logger.exception("The parser failed on %s", received.url)
        return Specimen(received, document, problem=f"The parser failed ({type(error).__name__}: {error}).")
