"""The canned queries, against counting the facts and against the same question asked of facts instead of totals."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import text

from benchmarks.measure import Comparison, Figure, compare
from benchmarks.simulated_store import fill
from govreports.store import Store, open_store
from govreports.store import engine as transactions
from govreports.store.queries import canned_queries

SMALL = {"turns": 2, "reports": 50}
_REASONS: Final = (
    *("state_secret", "prohibited_by_law", "security_stability", "third_party_rights", "internal_affairs"),
    *("deliberative_process", "enforcement_file", "administrative_query"),
)
REFUSALS_OF_FACTS: Final = f"""
SELECT report.report_year, report.scope, COUNT(DISTINCT report.id) AS reports,
       SUM(CAST(fact.value AS INTEGER)) AS refused,
       {
    ", ".join(
        f"SUM(CASE WHEN cell.row_code = 'refused_{reason}' THEN CAST(fact.value AS INTEGER) END) AS {reason}"
        for reason in _REASONS
    )
}
FROM report
JOIN report_version ON report_version.report_id = report.id AND report_version.is_current
JOIN fact ON fact.version_id = report_version.id
JOIN cell ON cell.id = fact.cell_id
WHERE cell.table_code = 'requests' AND cell.column_code = 'total'
  AND cell.row_code IN ({", ".join(f"'refused_{reason}'" for reason in _REASONS)})
GROUP BY report.report_year, report.scope
ORDER BY report.report_year, report.scope
"""
"""What the canned query ``refusal_reasons`` answers, without the totals that are kept of each version."""


def run(*, turns: int = 7, reports: int = 5000) -> Comparison:
    """Ask a store of ``reports`` simulated reports."""
    queries = {query.name: query.sql for query in canned_queries()}
    with (
        tempfile.TemporaryDirectory(prefix="govreports-queries-") as name,
        open_store(f"sqlite:///{name}/govreports.sqlite") as store,
    ):
        fill(store, reports)
        refusals = queries["refusal_reasons"]
        if _ask(store, refusals) != _ask(store, REFUSALS_OF_FACTS):
            raise RuntimeError("refusal_reasons and the same question asked of facts have different answers")
        all_of_them, counting = f"{len(queries)} canned queries, {reports:,} reports", "COUNT over the facts"
        of_totals, of_facts = "refusal_reasons", "the same over facts, without version_summary"
        panel = "one body's panel"
        comparison = compare(
            "queries",
            {
                all_of_them: lambda: [_ask(store, sql) for sql in queries.values()],
                counting: lambda: _ask(store, "SELECT COUNT(*) FROM fact"),
                of_totals: lambda: _ask(store, refusals),
                of_facts: lambda: _ask(store, REFUSALS_OF_FACTS),
                panel: lambda: _ask(store, "SELECT * FROM panel WHERE body_id = 7"),
            },
            ratios={
                f"{len(queries)} canned queries / COUNT over the facts": (all_of_them, counting),
                "refusal_reasons / the same over facts": (of_totals, of_facts),
            },
            aims={"refusal_reasons / the same over facts": "below 1"},
            turns=turns,
            clock=time.perf_counter,
        )
    return replace(comparison, figures={panel: Figure(comparison.timings[panel].median * 1000, "ms", "below 20")})


def _ask(store: Store, sql: str) -> Sequence[tuple[Any, ...]]:
    return transactions.read(store.engine, lambda connection: [tuple(row) for row in connection.execute(text(sql))])
