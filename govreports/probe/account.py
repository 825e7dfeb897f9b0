"""What a probe says: as text for a person, as a record for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from govreports.outcome import ITEMS_CLAIMED, ITEMS_SEEN, LOOKALIKES, PAGES_SEEN, crawl_message, crawl_state
from govreports.probe.entry import Proposal, columns_found
from govreports.registry.portal import Portal
from govreports.spiders.detection import Guess, Verdict
from govreports.spiders.probe import Findings
from govreports.spiders.traits import known_families


def account(url: str, findings: Findings, proposal: Proposal, stats: Mapping[str, Any]) -> str:
    """The account as text, with the registry entry at its end; empty where no page could be had."""
    if not findings.pages:
        return ""
    return "\n".join(_lines(url, findings, proposal, stats)) + "\n"


def record(url: str, findings: Findings, proposal: Proposal, stats: Mapping[str, Any]) -> dict[str, Any]:
    """The same for ``--json``."""
    verdict = _verdict(findings)
    return {
        "url": url,
        "kind": findings.pages[0].kind if findings.pages else None,
        "state": crawl_state(stats),
        "message": crawl_message(stats),
        "family": findings.family,
        "doubt": _doubt(findings, proposal.already),
        "guesses": [_guess_record(guess) for guess in verdict.guesses] if verdict else [],
        "columns": [
            {"url": page.url, "label": page.label, "linked_from": page.linked_from, "signs": list(page.signs)}
            for page in columns_found(findings)
        ],
        "reports": len(findings.years),
        "years": sorted({year for year in findings.years.values() if year is not None}),
        "to_be_judged_by_their_pages": findings.unnamed,
        "lookalikes": stats.get(LOOKALIKES, 0),
        "list_pages": stats.get(PAGES_SEEN, 0),
        "items_seen": stats.get(ITEMS_SEEN, 0),
        "items_claimed": stats.get(ITEMS_CLAIMED),
        "all_counted": not findings.cut,
        "entry": proposal.values,
        "missing": proposal.missing,
        "registry_file": proposal.file,
        "already": proposal.already.id if proposal.already else None,
        "toml": proposal.toml(),
    }


def _lines(url: str, findings: Findings, proposal: Proposal, stats: Mapping[str, Any]) -> Iterator[str]:
    kind = findings.pages[0].kind
    yield f"{url} is {'an' if kind.startswith('a') else 'a'} {kind}."
    yield from _family_lines(findings, proposal.already)
    yield from _column_lines(findings)
    yield from _count_lines(findings, stats)
    yield ""
    yield from _entry_lines(proposal)


def _family_lines(findings: Findings, already: Portal | None) -> Iterator[str]:
    verdict = _verdict(findings)
    if findings.family is None:
        yield "Family: undecided."
    else:
        yield f"Family: {findings.family}, {known_families()[findings.family].title}."
    if verdict is not None:
        for place, guess in enumerate(verdict.guesses[:3]):
            role = "best guess" if place == 0 else "runner-up"
            yield f"  {role}: {guess.family}, score {guess.score}"
            yield from (f"    {piece}" for piece in guess.evidence)
    if (doubt := _doubt(findings, already)) is not None:
        yield f"  in doubt: {doubt}."


def _column_lines(findings: Findings) -> Iterator[str]:
    columns = columns_found(findings)
    if not columns:
        yield "Column: none found."
    for page in columns:
        yield f"Column: {page.url}"
        if page.label:
            came = f" on {page.linked_from}" if page.linked_from else ""
            yield f'    linked as "{page.label}"{came}'
        yield from (f"    {sign}" for sign in page.signs)
        if page.reports:
            yield f"    lists {page.reports} annual reports on its first page"


def _count_lines(findings: Findings, stats: Mapping[str, Any]) -> Iterator[str]:
    years = sorted({year for year in findings.years.values() if year is not None})
    span = f" ({years[0]} to {years[-1]})" if years else ""
    least = "at least " if findings.cut else ""
    yield f"A crawl would fetch {least}{len(findings.years)} reports{span}."
    if findings.unnamed:
        yield f"    and {findings.unnamed} pages whose titles say too little"
    claimed = stats.get(ITEMS_CLAIMED)
    seen = f"{stats.get(ITEMS_SEEN, 0)} items seen" + (f", {claimed} claimed" if claimed is not None else "")
    yield f"    list pages: {stats.get(PAGES_SEEN, 0)}; {seen}; look-alikes refused: {stats.get(LOOKALIKES, 0)}"
    if findings.cut:
        yield "    there are more list pages than a probe asks for; --pages takes more of them"


def _entry_lines(proposal: Proposal) -> Iterator[str]:
    if proposal.already is not None:
        yield f"# The registry has this column already: {proposal.already.id} in {proposal.already.file}."
    elif proposal.file is not None:
        yield f"# For the registry file {proposal.file}:"
    elif proposal.head:
        yield f"# For a new registry file, beginning with:\n{proposal.head}"
    yield proposal.toml().rstrip("\n")


def _verdict(findings: Findings) -> Verdict | None:
    """The verdict on the column, else on a page that agrees with it, else on the first that something speaks for."""
    # A home page shows whatever its news are made with.
    pages = sorted(findings.pages, key=lambda page: (page.kind != "annual-report column", page.kind == "home page"))
    verdicts = [page.verdict for page in pages if page.verdict.best is not None]
    sure = (verdict for verdict in verdicts if verdict.family == findings.family)
    likely = (verdict for verdict in verdicts if verdict.guesses[0].family == findings.family)
    return next(sure, None) or next(likely, None) or next(iter(verdicts), None)


def _doubt(findings: Findings, already: Portal | None) -> str | None:
    """Why the family may be wrong, as one clause; None when nothing speaks against it."""
    if already is not None and findings.family is not None and already.family != findings.family:
        return f"the registry's entry {already.id} says {already.family}"
    verdict = _verdict(findings)
    if findings.family is None:
        return verdict.doubt if verdict is not None else "nothing that was seen is a sign of a known family"
    if verdict is None or verdict.best is None or verdict.best.family != findings.family:
        return None if findings.family != "generic" else "nothing shows a known system, and the page lists reports"
    if not findings.years and not findings.unnamed and all(page.listing.gap is None for page in findings.pages):
        return f"{findings.family} reads no report from what was seen"
    return verdict.doubt


def _guess_record(guess: Guess) -> dict[str, Any]:
    return {"family": guess.family, "score": guess.score, "evidence": list(guess.evidence)}
