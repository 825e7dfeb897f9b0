"""``python -m govreports.replica.matrix [FILE]``: docs/portals.md, what each family reads and how it is recognised."""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from govreports.markdown import table
from govreports.registry import load_registry
from govreports.registry.hosts import AllowedHosts
from govreports.replica.catalogue import make_portal, portal_names
from govreports.replica.faults import Ask
from govreports.replica.portal import Portal
from govreports.spiders.detection import Verdict, detect_family
from govreports.spiders.families import FAMILIES
from govreports.spiders.traits import FamilyTraits, known_families

Judged = Literal["right", "undecided", "wrong"]
PAGES = ("home page", "disclosure platform", "column", "article")
"""Pages of each replica that detection is shown."""
_HOST = "http://127.0.0.1"

_HEAD = """# CMS families

This page is made by `python -m govreports.replica.matrix docs/portals.md`: change `govreports/spiders/families.toml`,
the code or the replicas, and run it again.

`govreports probe URL` says for any address which of these families it is of, with the evidence.
"""
_DETECTION = """
## How a family is recognised

Patterns are searched in a page's address and in the first 200 KB of its source. A hit in the address counts 3, a
decisive token of the source 4, any other token 1; the highest sum wins. Equal sums, articles that several systems of
one maker print alike, and pages without any hit are undecided: then the pages that they link to decide. A home page
decides nothing by itself: it shows whatever its news are made with.
"""
_PROOF = """
## How well

One page alone, judged by detection without following a link:

| pages | right | undecided | wrong |
|---|---:|---:|---:|
{rows}

`govreports probe`, which follows links until a column decides, ends at the right family from the home page, the
column and an article of every replica: {probed} of {probed} addresses.
"""


@dataclass(frozen=True, slots=True)
class DetectionCase:
    """One page that detection is shown, and how it did."""

    pages: str
    url: str
    family: str
    verdict: Verdict

    @property
    def judged(self) -> Judged:
        """Against the family that the replica or the registry says."""
        if self.verdict.family is None:
            return "undecided"
        return "right" if self.verdict.family == self.family else "wrong"


def detection_cases() -> Iterator[DetectionCase]:
    """Every page kind of every replica, then every address of the registry, of which no page is at hand."""
    for portal in map(make_portal, portal_names()):
        paths = ("/", portal.platform, portal.column, portal.article_path(portal.items[0]))
        for kind, path in zip(PAGES, paths, strict=True):
            verdict = detect_family(_HOST + path, _source(portal, path))
            yield DetectionCase(f"replicas: {kind}", _HOST + path, portal.family, verdict)
    registry = load_registry(None, families=known_families(), allowed=AllowedHosts.parse("gov.cn"))
    for entry in registry.portals.values():
        for url in (*entry.start_urls, *entry.documents):
            yield DetectionCase("registry: addresses alone", url, entry.family, detect_family(url, ""))


def page() -> str:
    """The whole page as Markdown."""
    replicas: dict[str, list[str]] = defaultdict(list)
    for name in portal_names():
        replicas[make_portal(name).family].append(name)
    families = known_families().values()
    cases = list(detection_cases())
    return "".join(
        (
            _HEAD,
            "\n## What is read\n\n",
            table(
                ("family", "list shapes", "paging", "metadata from", "attachments", "replicas"),
                (_reading_row(traits, replicas[traits.name]) for traits in families),
            ),
            _DETECTION,
            "\n",
            table(
                ("family", "address", "decisive token", "token", "not with"),
                (_evidence_row(traits) for traits in families),
            ),
            _PROOF.format(rows=_proof_rows(cases), probed=3 * len(portal_names())),
        )
    )


def _reading_row(traits: FamilyTraits, replicas: Iterable[str]) -> tuple[str, ...]:
    name = f"`{traits.name}` {traits.title}"
    if traits.reads is None or traits.name not in FAMILIES:
        return (name, "recognised, not read yet", "", "", "", "")
    reads = traits.reads
    shown = ", ".join(f"`{replica}`" for replica in replicas)
    return (name, ", ".join(reads.shapes), reads.paging, reads.metadata, reads.attachments, shown)


def _evidence_row(traits: FamilyTraits) -> tuple[str, ...]:
    unless = () if traits.unless is None else (traits.unless,)
    return (
        f"`{traits.name}`",
        _patterns((*traits.url, *traits.shared_url)),
        _patterns(traits.decisive),
        _patterns((*traits.html, *traits.shared_html)),
        _patterns(unless),
    )


def _patterns(patterns: Iterable[re.Pattern[str]]) -> str:
    return "<br>".join(f"`{pattern.pattern}`" for pattern in patterns)


def _proof_rows(cases: Iterable[DetectionCase]) -> str:
    counted: dict[str, Counter[Judged]] = defaultdict(Counter)
    for case in cases:
        counted[case.pages][case.judged] += 1
    return "\n".join(
        f"| {pages} | {count['right']} | {count['undecided']} | {count['wrong']} |" for pages, count in counted.items()
    )


def _source(portal: Portal, path: str) -> str:
    parts = urlsplit(path)
    answer = portal.answer(Ask(method="GET", path=parts.path, query=parts.query, base=_HOST, headers={}))
    body = gzip.decompress(answer.body) if ("Content-Encoding", "gzip") in answer.headers else answer.body
    return body.decode(portal.charset)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())
