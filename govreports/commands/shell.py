"""``govreports shell``: Scrapy's shell, with what is read from the page at hand and why."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.commands.shell import Command as ScrapyShell
from scrapy.http import Response

from govreports.unrecorded import leave_nothing
from govreports.usage import tell, wrong_usage

if TYPE_CHECKING:
    from twisted.python.failure import Failure

_OF_SCRAPY = ("scrapy", "crawler", "item", "settings", "spider", "request", "response", "fetch", "view", "shelp")


class Command(ScrapyShell):
    """Adds names to Scrapy's shell, and lets ``fetch`` open files and archived pages, too. Nothing is stored."""

    requires_project = True

    def __init__(self) -> None:
        super().__init__()
        self._first: str | None = None
        self._redirect = True
        self._code: str | None = None
        self._refused: BaseException | None = None

    def syntax(self) -> str:
        return "[URL | FILE | REPORT_ID | document:DOCUMENT_ID]"

    def short_desc(self) -> str:
        return "Interactive console for a page: its record, its tables, and why each value is what it is"

    def long_desc(self) -> str:
        """Beside Scrapy's own, what the argument may be."""
        return (
            "Scrapy's interactive console with report, document, tables(), table(2), explain(label), metadata(), "
            "family() and view_cell() for a page: an address, a file, the report_id of a stored report, or an archived "
            "document. The last two come from the archive, without the network."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep the console for what is asked there; nothing is crawled in the sense of a run, or stored."""
        assert self.settings is not None
        leave_nothing(self.settings)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 1 where the page cannot be had and there is no console to go on in, 2 for wrong usage."""
        if len(args) > 1:
            wrong_usage(self, f"shell takes one page, not {' '.join(args)}; fetch(…) opens the next one there")
        self._first = args[0] if args else None
        self._redirect, self._code = not opts.no_redirect, opts.code
        # Scrapy's own way of fetching the first page is silent where it is refused.
        super().run([], opts)

    def update_vars(self, vars: dict[str, Any]) -> None:  # Scrapy's name
        """Add the names for the page at hand; called by Scrapy after each fetch, too."""
        self._wrap(vars)
        response = vars["response"]
        if (first := self._first) is not None:
            self._first = None
            vars["fetch"](first, redirect=self._redirect)
        else:
            self._look(vars, response)

    def _wrap(self, vars: dict[str, Any]) -> None:
        scrapys_fetch, shell = vars["fetch"], vars["shelp"].__self__

        def fetch(what: str | int | Request, *arguments: Any, **options: Any) -> None:
            """An address, a Request, a file, a report_id or ``document:57``: the page and what is read from it."""
            from govreports.spiders.single import is_address

            if not isinstance(what, Request) and not is_address(str(what)):
                self._open(vars, str(what))
                return
            self._refused = None
            what = what if isinstance(what, Request) else str(what)
            if isinstance(what, Request):
                what = what if what.errback is not None else what.replace(errback=self._keep_refusal)
            else:
                options["errback"] = self._keep_refusal
            try:
                scrapys_fetch(what, *arguments, **options)
            except Exception as error:
                if error is not self._refused:
                    raise
                request = what if isinstance(what, Request) else Request(what)
                vars.update(request=request, response=None)
                self._look(vars, None)

        vars["fetch"] = fetch
        if "get_help" not in shell.__dict__:
            shell.get_help = partial(_help, shell.get_help, vars)

    def _keep_refusal(self, failure: Failure) -> Failure:
        self._refused = failure.value
        return failure

    def _open(self, vars: dict[str, Any], source: str) -> None:
        """Put a page that needs no network before the console, as if it had been fetched."""
        from govreports.debugging.received import NotReceived, receive

        assert self.settings is not None
        archive = Path(self.settings["GOVREPORTS_DATA_DIR"]) / "archive"
        try:
            received = receive(source, database_url=self.settings["GOVREPORTS_DATABASE_URL"], archive=archive)
        except NotReceived as error:
            vars.update(request=None, response=None)
            self._say_nothing(vars, f"{error}.")
            return
        request = Request(received.url)
        vars["request"] = request
        from govreports.spiders.single import response_of

        vars["response"] = response_of(
            received.url, received.body, status=received.status, headers=received.headers, request=request
        )
        self._show(vars, received)

    def _look(self, vars: dict[str, Any], response: Response | None) -> None:
        """Read what Scrapy fetched, or say why there is nothing."""
        from govreports.debugging.desk import received_from

        if response is not None:
            self._show(vars, received_from(response, response.url))
            return
        refused, self._refused = self._refused, None
        asked = vars["request"]
        if asked is None:
            self._say_nothing(vars, None)
        else:
            why = " ".join(str(refused).split()) or type(refused).__name__ if refused is not None else "it was refused"
            self._say_nothing(vars, f"{asked.url} could not be had: {why}")

    def _show(self, vars: dict[str, Any], received: Any) -> None:
        from govreports.debugging.desk import Desk
        from govreports.debugging.specimen import examine

        desk = Desk(examine(received))
        vars.update(desk.names())
        if self._code is None:
            print(desk.summary())

    def _say_nothing(self, vars: dict[str, Any], why: str | None) -> None:
        """No page is at hand: the names say so."""
        from govreports.debugging.desk import empty_desk

        vars.update(empty_desk(why or "no page was fetched yet").names())
        if why is None:
            return
        tell(self, why)
        if self._code is not None:
            sys.exit(1)


def _help(scrapys_help: Callable[[], str], names: dict[str, Any]) -> str:
    """Scrapy's help with ours below it; Scrapy's would print a whole document, which it takes for an item."""
    from govreports.debugging.desk import HELP

    hidden = {name: names.pop(name) for name in [*names] if name not in _OF_SCRAPY}
    text = scrapys_help()
    names.update(hidden)
    return text + HELP
