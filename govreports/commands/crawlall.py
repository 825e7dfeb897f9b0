"""``govreports crawlall``: many portals in one run."""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, refuse_arguments, tell, wrong_usage

if TYPE_CHECKING:
    from govreports.crawling.portal_queue import PortalQueue
    from govreports.crawling.selection import Selection
    from govreports.registry.portal import Portal
    from govreports.store import Store
    from govreports.store.locks import Holder, Taken

_LOOK_AGAIN = 5.0
"""Seconds between two tries of a run that waits for the store."""


class Command(ScrapyCommand):
    """Thin: selects, locks, crawls, sums up."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Crawl many portals of the registry in one run"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--province", metavar="P", help="only portals of this province, as 湖北省, 湖北 or 42")
        parser.add_argument("--family", metavar="F", help="only portals of this CMS family")
        parser.add_argument("--shard", metavar="I/N", help="the I-th of N parts, for N machines")
        parser.add_argument(
            "--queue", metavar="NAME", help="share the portals with all workers of this name, by a Redis"
        )
        parser.add_argument("--due", action="store_true", help="only portals whose reports are expected now")
        parser.add_argument("--sample", type=int, metavar="N", help="only N reports a portal; 1 is a health check")
        parser.add_argument("--years", metavar="Y", help="only report years such as 2023 or 2019-2021")
        parser.add_argument("--parallel", type=int, metavar="N", help="portals at a time (GOVREPORTS_PARALLEL_PORTALS)")
        parser.add_argument(
            "--minutes", type=float, metavar="N", help="stop politely after N minutes; the next run goes on from there"
        )
        parser.add_argument("--log-json", action="store_true", help="log one JSON object a line")
        parser.add_argument("--wait", action="store_true", help="wait while another run works on the store")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when all went as before or better, 1 when a portal's state turned bad, 2 for wrong usage."""
        refuse_arguments(self, args)
        assert self.settings is not None
        if opts.log_json:
            self.settings.set("GOVREPORTS_LOG_JSON", True, priority="cmdline")
        parallel = self.settings.getint("GOVREPORTS_PARALLEL_PORTALS") if opts.parallel is None else opts.parallel
        if parallel < 1:
            wrong_usage(self, f"--parallel {parallel}: at least one portal must be crawled; write 1 or more")
        if opts.minutes is not None and opts.minutes <= 0:
            wrong_usage(self, f"--minutes {opts.minutes:g}: a run needs some time; leave it out for no limit")
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports import clock
        from govreports.crawling.portal_queue import QueueError
        from govreports.crawling.selection import SelectionError, make_selection
        from govreports.monitors.delivery import deliver, prepare
        from govreports.monitors.sinks import sinks_of
        from govreports.monitors.thresholds import load_thresholds
        from govreports.store import StoreError, locks, open_store

        # What is wrong with the settings is said before anything is asked for.
        clock.now(self.settings)
        load_thresholds(self.settings["GOVREPORTS_THRESHOLDS"])
        sinks = sinks_of(self.settings)
        try:
            selection = make_selection(
                province=opts.province,
                family=opts.family,
                shard=opts.shard,
                due=opts.due,
                sample=opts.sample,
                years=opts.years,
            )
        except SelectionError as error:
            wrong_usage(self, str(error))
        queue = None if opts.queue is None else self._queue(opts.queue, selection)
        try:
            with open_store(self.settings["GOVREPORTS_DATABASE_URL"]) as store:
                # Workers of one queue hold the store together, as shards of one division do.
                shard = selection.shard or "" if queue is None else f"{secrets.token_hex(4)}/{queue.name}"
                taken = self._take_lock(store, shard, wait=opts.wait)
                if taken is None:
                    return
                try:
                    prepare(store, sinks)
                    self._crawl(store, taken, selection, queue, parallel=parallel, minutes=opts.minutes)
                    deliver(store, sinks)
                finally:
                    locks.give_back(store, taken.token)
        except (StoreError, QueueError) as error:
            complain(self, str(error))
        except KeyboardInterrupt:
            complain(self, "stopped before anything was crawled; start it again")
        finally:
            if queue is not None:
                queue.close()

    def _queue(self, name: str, selection: Selection) -> PortalQueue:
        from govreports.crawling.portal_queue import PortalQueue, QueueError

        assert self.settings is not None
        if selection.shard is not None:
            wrong_usage(self, "--queue and --shard are two ways to divide a crawl; use one of them")
        if not self.settings["GOVREPORTS_REDIS_URL"]:
            wrong_usage(self, "--queue needs GOVREPORTS_REDIS_URL, as in redis://host:6379/0")
        try:
            return PortalQueue(self.settings["GOVREPORTS_REDIS_URL"], name)
        except QueueError as error:
            wrong_usage(self, str(error))

    def _take_lock(self, store: Store, shard: str, *, wait: bool) -> Taken | None:
        from govreports.store import locks

        told: Holder | None = None
        while isinstance(taken := locks.take(store, shard=shard), locks.Holder):
            if not wait:
                complain(self, f"another run holds the store: {taken}; wait for it, or use --wait")
                return None
            if taken != told:
                tell(self, f"waiting for {taken}")
                told = taken
            time.sleep(_LOOK_AGAIN)
        return taken

    def _crawl(
        self,
        store: Store,
        taken: Taken,
        selection: Selection,
        queue: PortalQueue | None,
        *,
        parallel: int,
        minutes: float | None,
    ) -> None:
        from govreports import __version__, clock
        from govreports.crawling.run import OwnPortals, QueuedPortals, crawl_portals
        from govreports.crawling.watching import summary_lines, watching
        from govreports.monitors.sinks import sentence
        from govreports.process import this_process
        from govreports.registry.spider_loader import registry_of
        from govreports.reports import PARSER_VERSION
        from govreports.store import locks, run_log
        from govreports.store.alerts import alerts_of_run
        from govreports.store.runs import RunFacts

        assert self.settings is not None
        for crawl_id in taken.left_behind:
            tell(self, f"run {crawl_id} was killed; its lock is taken over")
            run_log.end_killed_run(store, crawl_id, at=clock.now(self.settings))
        supply: OwnPortals | QueuedPortals
        if queue is None:
            supply = OwnPortals(self._portals(store, selection))
        else:
            self._join(store, selection, queue)
            supply = QueuedPortals(queue, registry_of(self.settings).portals)
        planned = supply.left()
        if not planned:
            print("No portal is to be crawled.")
            return
        process = this_process()
        facts = RunFacts(
            software=f"govreports {__version__}",
            command="crawlall",
            selection=selection.key(),
            portals_planned=planned,
            parser_version=PARSER_VERSION,
            host=process.host,
            pid=process.pid,
        )
        crawl_id = run_log.start_run(store, facts, at=clock.now(self.settings))
        locks.give_sign(store, taken.token, crawl_id=crawl_id)
        settings = self.settings.copy()
        settings.setdict(_crawl_settings(crawl_id), priority="cmdline")
        if sys.stderr.isatty() and settings.getpriority("LOG_LEVEL") != _CMDLINE and not settings["LOG_FILE"]:
            # A line a page would drown the bar.
            settings.set("LOG_LEVEL", "WARNING", priority="cmdline")

        def sign() -> bool:
            if queue is not None:
                queue.renew()
            return locks.give_sign(store, taken.token, crawl_id=crawl_id)

        began = clock.seconds()
        try:
            with watching(planned) as watcher:
                result = crawl_portals(
                    settings,
                    supply,
                    arguments=selection.arguments(),
                    parallel=parallel,
                    minutes=minutes,
                    watcher=watcher,
                    sign=sign,
                )
        except BaseException:
            run_log.finish_run(store, crawl_id, at=clock.now(self.settings), reason="failed")
            raise
        run_log.finish_run(store, crawl_id, at=clock.now(self.settings), reason=result.reason)
        seconds = clock.seconds() - began
        for line in summary_lines(result.portals, reason=result.reason, planned=planned, seconds=seconds):
            print(line)
        alerts = alerts_of_run(store, crawl_id)
        for alert in alerts:
            print(sentence(alert))
        stopped = result.reason in ("shutdown", "lock_lost", "queue_lost")
        not_made = any(one.state in ("failed:program", "failed:store") for one in result.portals)
        if stopped or not_made or any(alert.change == "turned_bad" for alert in alerts):
            self.exitcode = 1

    def _join(self, store: Store, selection: Selection, queue: PortalQueue) -> None:
        """Begin the crawl of a queue, or join the one that is under way. QueueError where that is another one."""
        from govreports.crawling.portal_queue import Queued, QueueError

        if queue.selection() is None:
            portals = [Queued(portal.id, portal.hosts) for portal in self._portals(store, selection)]
            if portals and queue.fill(selection.key(), portals):
                return
        if queue.has_just_ended():
            print(f"A crawl of the queue {queue.name} ended within the last ten minutes; another name begins one now.")
            return
        found = queue.selection()
        if found is not None and found != selection.key():
            raise QueueError(
                f"the queue {queue.name} is at another crawl ({found}); wait for its end, or name another queue"
            )

    def _portals(self, store: Store, selection: Selection) -> list[Portal]:
        from govreports import clock
        from govreports.coverage.reckoning import due_portals
        from govreports.crawling.selection import choose, left_of
        from govreports.registry.spider_loader import registry_of
        from govreports.store import run_log

        assert self.settings is not None
        registry = registry_of(self.settings).portals.values()
        due = due_portals(store, registry, today=clock.today(self.settings)) if selection.due else set()
        planned = choose(selection, registry, due=due)
        earlier = run_log.runs_of(store, selection.key(), limit=_RUNS_LOOKED_AT)
        portals = left_of(planned, earlier, now=clock.now(self.settings))
        if len(portals) < len(planned):
            print(f"Going on with run {earlier[0].crawl_id}: {len(portals)} of {len(planned)} portals are left.")
        return portals


_RUNS_LOOKED_AT = 50
"""Runs of the same selection that one which goes on may be the continuation of."""
_CMDLINE = 40
"""Scrapy's priority of what the command line says."""


def _crawl_settings(crawl_id: int) -> dict[str, Any]:
    return {
        "GOVREPORTS_CRAWL_ID": crawl_id,
        # Scrapy's own statistics would print forty lines a portal; what matters of them is in the run's record.
        "STATS_DUMP": False,
    }
