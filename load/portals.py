"""Portals of very many reports, of whose pages some fail the first times that they are asked for."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any, Final

from govreports.replica.families.trs import TrsHabits, TrsPortal
from govreports.replica.faults import Answer, Ask
from govreports.replica.rendering import Layout
from govreports.replica.reports import ReportSpec
from govreports.replica.samples import Publisher, sample_reports

YEARS: Final = range(2019, 2026)
_KINDS: Final = ("server_error", "busy", "cut_off", "gzip_cut", "empty", "slow", "not_found")


class FailingPortal(TrsPortal):
    """A share of its addresses fails, each in its way and as many times as the seed says; then it answers."""

    def __init__(self, portal_id: str, *, share: float, seed: int, slow: float, times: int, **site: Any) -> None:
        super().__init__(portal_id, habits=TrsHabits(), **site)
        self._share, self._seed, self._slow, self._times = share, seed, slow, times
        self._asked: Counter[str] = Counter()
        self._counting = threading.Lock()
        self.failed: Counter[str] = Counter()
        """Answers that failed, by kind."""
        self.answered = 0

    def answer(self, ask: Ask) -> Answer:
        """The reply to one request."""
        honest = super().answer(ask)
        with self._counting:
            self.answered += 1
            self._asked[ask.path] += 1
            kind = self._fault(ask.path, self._asked[ask.path])
            if kind is not None:
                self.failed[kind] += 1
        return honest if kind is None else self._failing(kind, honest)

    def _fault(self, path: str, time: int) -> str | None:
        random = Random(f"{self._seed}:{self.id}:{path}")
        if path == "/robots.txt" or random.random() >= self._share:
            return None
        # A list that is not there is looked for elsewhere, which is another story.
        kind = random.choice(_KINDS if "/t20" in path else _KINDS[:-1])
        return kind if time <= random.randint(1, self._times) else None

    def _failing(self, kind: str, honest: Answer) -> Answer:
        match kind:
            case "server_error":
                return Answer(status=500, body=b"<html><body>Internal Server Error</body></html>")
            case "busy":
                return Answer(status=503, body=b"")
            case "cut_off":
                return replace(honest, cut_after=len(honest.body) // 2)
            case "gzip_cut":
                packed = gzip.compress(honest.body, mtime=0)
                return replace(honest, body=packed[: len(packed) // 2], headers=(("Content-Encoding", "gzip"),))
            case "not_found":
                return Answer(status=404, body=b"<html><body><h1>404 Not Found</h1></body></html>")
            case "empty":
                return Answer(body=b"")
            case _:
                return replace(honest, delay=self._slow)


def make_portals(pages: int, *, portals: int, share: float, seed: int, slow: float, times: int) -> list[FailingPortal]:
    """Portals that publish at least ``pages`` reports together; ``times`` is how often a page fails at most."""
    bodies = -(-pages // (portals * len(YEARS)))
    return [
        FailingPortal(
            f"portal_{place:02}",
            share=share,
            seed=seed,
            slow=slow,
            times=times,
            name=f"试验{place}区人民政府",
            division_code=f"42{place:04}",
            page_size=50,
            layouts=(Layout(), Layout(word_paste=True)),
            reports=_reports(place, bodies),
        )
        for place in range(10, 10 + portals)
    ]


def _reports(place: int, bodies: int) -> list[ReportSpec]:
    """Seven reports a body. A hundred bodies have figures of their own: more would fill the memory."""
    code = f"1142{place:04}MB"
    names = (f"第{place}-{body:04}号街道办事处" for body in range(bodies))
    drawn = [Publisher(name=name, credit_code=f"{code}{body:08}") for body, name in enumerate(names)]
    reports = sample_reports(place, publishers=drawn[:100], years=YEARS)
    for body in range(100, bodies):
        for year in range(len(YEARS)):
            like = reports[(body % 100) * len(YEARS) + year]
            number = like.index_number.replace(drawn[body % 100].credit_code, drawn[body].credit_code)
            reports.append(replace(like, publisher=drawn[body].name, index_number=number))
    return reports
