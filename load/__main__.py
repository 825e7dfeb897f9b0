"""``python -m load [--pages N] [--portals N] [--faults SHARE] [--kills N] …``: crawl, kill, crawl.

Serves replica portals of N reports, of whose pages a share fails one to five times, and crawls them with ``govreports
crawlall`` until every portal is complete. The first crawls are killed in the middle. At the end each report must be in
the store exactly once, with its figures, and ``govreports doctor`` must have nothing to say. Prints one JSON object;
the exit code is 1 where something was lost, doubled or wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from govreports.replica.registry_folder import write_registry
from govreports.replica.server import ReplicaServer, Served
from load.portals import FailingPortal, make_portals

_ROUNDS: Final = 8
"""Crawls in which every page must have been had: the longest fault outlasts one crawl with its retries."""
_SETTINGS: Final = {
    "DOWNLOAD_DELAY": "0.001",
    "AUTOTHROTTLE_ENABLED": "False",
    "DOWNLOAD_TIMEOUT": "20",
    "RETRY_TIMES": "2",
    "LOG_LEVEL": "ERROR",
    "GOVREPORTS_MONITORS": "False",
    "GOVREPORTS_MAX_PAGES": "2000",
    "GOVREPORTS_CONTACT": "load",
}


@dataclass(slots=True)
class Account:
    """What was done, and what came of it."""

    pages: int
    portals: int
    faults: float
    requests: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    """Answers that failed, by kind."""
    killed: int = 0
    rounds: list[dict[str, int]] = field(default_factory=list)
    """Portals by state after each crawl that was not killed."""
    seconds: float = 0.0
    peak_mib: float = 0.0
    """Resident memory of the largest crawl."""
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    """Reports with another figure than the page prints."""
    doctor: str = ""

    @property
    def is_well(self) -> bool:
        """Whether the store holds what the portals publish, no more and no less."""
        complete = bool(self.rounds) and set(self.rounds[-1]) == {"complete"}
        return complete and not (self.lost or self.doubled or self.wrong) and self.doctor == "All is well."


class _Uncounted(list[Served]):
    """Keeps no requests: a hundred thousand of them would be the largest thing in the memory."""

    def append(self, served: Served) -> None:
        """Forget it."""


def run(
    folder: Path,
    *,
    pages: int,
    portals: int,
    share: float,
    kills: int,
    slow: float,
    times: int,
    recheck: int = 3,
    seed: int = 1,
) -> Account:
    """Crawl until all is had, and compare."""
    made = make_portals(pages, portals=portals, share=share, seed=seed, slow=slow, times=times)
    account = Account(pages=sum(len(portal.reports) for portal in made), portals=portals, faults=share)
    begun = time.monotonic()
    server = ReplicaServer(made)
    server.served = _Uncounted()
    with server:
        environment = _environment(server, folder)
        command = _crawl(recheck=recheck)
        for number in range(kills):
            account.killed += _killed(command, environment, made, after=account.pages * (number + 1) // (kills + 2))
        while len(account.rounds) < _ROUNDS:
            subprocess.run(command, env=environment, cwd=folder, check=False, capture_output=True)
            account.rounds.append(_states(folder))
            if set(account.rounds[-1]) == {"complete"}:
                break
    account.seconds = round(time.monotonic() - begun, 1)
    account.requests = sum(portal.answered for portal in made)
    account.failed = dict(sum((portal.failed for portal in made), Counter()))
    account.peak_mib = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1)
    _compare(folder, made, account)
    for options in (["--repair"], []):
        command = [sys.executable, "-m", "govreports.cli", "doctor", *options]
        told = subprocess.run(command, env=environment, cwd=folder, check=False, capture_output=True, text=True)
        account.doctor = told.stdout.strip() or told.stderr.strip()
    return account


def _environment(server: ReplicaServer, folder: Path) -> dict[str, str]:
    here = Path(__file__).parents[1]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(here), os.environ.get("PYTHONPATH")))),
        "GOVREPORTS_PORTALS": str(write_registry(server, folder / "portals")),
        "GOVREPORTS_ALLOWED_HOSTS": ",".join(server.hosts),
        "GOVREPORTS_DATA_DIR": str(folder),
        "GOVREPORTS_DATABASE_URL": f"sqlite:///{folder}/govreports.sqlite",
        "NO_PROXY": "*",
    }


def _crawl(*, recheck: int) -> list[str]:
    chosen = {**_SETTINGS, "GOVREPORTS_RECHECK_YEARS": str(recheck)}
    settings = [part for name, value in chosen.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "govreports.cli", "crawlall", *settings]


def _killed(
    command: Sequence[str], environment: dict[str, str], portals: Sequence[FailingPortal], *, after: int
) -> bool:
    """Begin a crawl and kill it after so many answers; False where it ended before."""
    until = sum(portal.answered for portal in portals) + after
    run = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while run.poll() is None and sum(portal.answered for portal in portals) < until:
        time.sleep(0.01)
    run.kill()
    return run.wait() < 0


def _states(folder: Path) -> dict[str, int]:
    return dict(
        _ask(
            folder,
            "SELECT state, COUNT(*) FROM crawl_list WHERE crawl_id = (SELECT MAX(crawl_id) FROM crawl_list) GROUP BY 1",
        )
    )


def _compare(folder: Path, portals: Iterable[FailingPortal], account: Account) -> None:
    cell = ("requests", "new_received", "total")
    published = {
        (portal.id, report.publisher, report.year): report.figures[cell]
        for portal in portals
        for report in portal.reports
    }
    stored = Counter[tuple[str, str, int]]()
    for portal, publisher, year, value in _ask(
        folder,
        "SELECT r.portal, r.publisher, r.report_year, f.value_text FROM report_list AS r LEFT JOIN report_facts AS f"
        " ON f.report_id = r.report_id AND f.table_code = 'requests' AND f.row_code = 'new_received'"
        " AND f.column_code = 'total'",
    ):
        stored[portal, publisher, year] += 1
        account.wrong += value != published.get((portal, publisher, year))
    account.lost = len(published.keys() - stored.keys())
    versions = _ask(folder, "SELECT COUNT(*) FROM report_version")[0][0]
    account.doubled = max(sum(stored.values()), versions) - len(stored)


def _ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "govreports.sqlite")) as connection:
        return connection.execute(sql).fetchall()


def main() -> int:
    """Run as told on the command line."""
    parser = argparse.ArgumentParser(prog="python -m load", description=__doc__)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--portals", type=int, default=20)
    parser.add_argument("--faults", type=float, default=0.05, help="share of addresses that fail at first")
    parser.add_argument("--kills", type=int, default=2, help="crawls that are killed before the ones that end")
    parser.add_argument("--slow", type=float, default=2.0, help="seconds that a slow answer takes")
    parser.add_argument("--times", type=int, default=5, help="times in a row that an address fails at most")
    parser.add_argument("--recheck", type=int, default=3, help="last years whose pages each crawl asks for again")
    parser.add_argument("--folder", type=Path, help="where the collection goes; by default a temporary one")
    given = parser.parse_args()
    options = {"pages": given.pages, "portals": given.portals, "share": given.faults, "kills": given.kills}
    options |= {"slow": given.slow, "times": given.times, "recheck": given.recheck}
    if given.folder is not None:
        given.folder.mkdir(parents=True, exist_ok=True)
        account = run(given.folder.absolute(), **options)
    else:
        with tempfile.TemporaryDirectory() as folder:
            account = run(Path(folder), **options)
    print(json.dumps({**asdict(account), "is_well": account.is_well}))
    return int(not account.is_well)


if __name__ == "__main__":
    sys.exit(main())
