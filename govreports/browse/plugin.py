"""What is added to Datasette: pages, links in cells, headers for every answer, and errors in plain words."""

from __future__ import annotations

import asyncio
import csv
import io
import logging
from collections.abc import Awaitable, Callable
from functools import lru_cache
from importlib.resources import files
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import jinja2
from datasette import NotFound, Response
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Request
from datasette.views.base import DatasetteError
from markupsafe import Markup
from pluggy import HookimplMarker

from govreports.browse import configuration
from govreports.browse.archived_page import archived_file, archived_page
from govreports.browse.charts_page import chart_sql, charts_page
from govreports.browse.printed import anchor, archived_href
from govreports.browse.report_page import report_page
from govreports.browse.search_page import search_page
from govreports.browse.site import DATABASE, NoSuchPage, Site
from govreports.browse.texts import both, code, division_name, meaning_of, pair, plain
from govreports.exports.text_files import safe_text
from govreports.store import StoreError
from govreports.store.queries import canned_queries

logger = logging.getLogger(__name__)
hookimpl = HookimplMarker("datasette")

_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script at all, and nothing from another host."""
_HEADERS: Final = {
    b"content-security-policy": _POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}
_LINKS: Final = {
    "report_id": "/-/report/{}",
    "previous_report_id": "/-/report/{}",
    "document_id": "/-/archived/{}",
    "body_id": f"/{DATABASE}/panel?body_id={{}}",
}
"""Columns whose values lead somewhere."""
_STYLESHEET: Final = "/-/look/browse.css"

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


class BrowsePlugin:
    """The plugin of one served store."""

    # Datasette asks every plugin for the name of its module.
    __name__ = "govreports.browse"

    def __init__(self, site: Site, *, hosts: frozenset[str] | None) -> None:
        self._site = site
        self._hosts = hosts
        """Names under which the server may be asked; None for any."""

    @hookimpl
    def prepare_jinja2_environment(self, env: jinja2.Environment) -> None:
        """Templates of this package first; what they say comes from the data file."""
        own = jinja2.PackageLoader("govreports.browse", "templates")
        assert env.loader is not None
        env.loader = jinja2.ChoiceLoader([own, env.loader])
        env.globals.update(
            t=both,
            plain=plain,
            pair=pair,
            code=code,
            anchor=anchor,
            archived_href=archived_href,
            division_name=division_name,
            web_address=web_address,
            stylesheet=_STYLESHEET,
            database_name=DATABASE,
            time_limit=configuration.TIME_LIMIT,
            canned=canned_queries,
            shown_views=configuration.shown_views,
            is_code_table=configuration.is_code_table,
        )

    @hookimpl
    def register_routes(self) -> list[tuple[str, Any]]:
        """Pages of our own; Datasette's stay where they are."""
        return [
            (r"/$", self.search),
            (r"/-/report/(?P<report_id>\d{1,18})$", self.report),
            (r"/-/archived/(?P<document_id>\d{1,18})$", self.archived),
            (r"/-/archived/(?P<document_id>\d{1,18})/download$", self.download),
            (r"/-/charts$", self.charts),
            (_STYLESHEET + "$", self.look),
        ]

    async def search(self, request: Request, datasette: Datasette) -> Response:
        """Search and facets."""
        asked = {name: request.args.get(name) or "" for name in ("q", "province", "year", "form", "level", "page")}
        return await self._page(datasette, request, "search.html", search_page, self._site, asked)

    async def report(self, request: Request, datasette: Datasette) -> Response:
        """One report."""
        version, other = (_number(request.args.get(name)) for name in ("version", "with"))
        number = int(request.url_vars["report_id"])
        return await self._page(
            datasette, request, "report.html", report_page, self._site, number, version=version, other=other
        )

    async def archived(self, request: Request, datasette: Datasette) -> Response:
        """One archived document."""
        number = int(request.url_vars["document_id"])
        return await self._page(datasette, request, "archived.html", archived_page, self._site, number)

    async def download(self, request: Request) -> Response:
        """An archived document as received: always a file to save, never a page."""
        name, body = await _in_thread(archived_file, self._site, int(request.url_vars["document_id"]))
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(body, headers=headers, content_type="application/octet-stream")

    async def charts(self, request: Request, datasette: Datasette) -> Response:
        """Charts, drawn from the results of canned queries."""
        database = datasette.get_database(DATABASE)
        rows = {}
        for name, sql in chart_sql().items():
            rows[name] = [dict(row) for row in (await database.execute(sql)).rows]
        return await self._page(datasette, request, "charts.html", charts_page, self._site, rows)

    async def look(self) -> Response:
        """The one stylesheet."""
        return Response(_stylesheet(), content_type="text/css; charset=utf-8")

    @hookimpl
    def render_cell(self, value: Any, column: str) -> Markup | None:
        """Numbers of reports, documents and bodies lead to them; codes say what they mean."""
        if column in _LINKS and isinstance(value, int):
            return Markup('<a href="{}">{}</a>').format(_LINKS[column].format(value), value)
        meaning = meaning_of(column, value) if isinstance(value, str) else None
        if meaning is not None:
            return Markup('<span title="{}">{}</span>').format(" · ".join(meaning), value)
        return None

    @hookimpl
    def handle_exception(self, datasette: Datasette, request: Request, exception: Exception) -> Any:
        """One sentence on the page; the traceback of a fault of the program goes to the terminal."""
        status, message = _said(exception)

        async def answer() -> Response:
            if request.path.endswith(".json"):
                return Response.json({"ok": False, "error": message, "status": status}, status=status)
            html = await datasette.render_template("error.html", {"message": message, "status": status}, request)
            return Response.html(html, status=status)

        return answer

    @hookimpl
    def asgi_wrapper(self) -> Callable[[App], App]:
        """Every answer has the headers that keep a page from doing harm."""
        return self._guard

    def _guard(self, app: App) -> App:
        async def guarded(scope: Scope, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return

            is_csv = scope["path"].endswith(".csv") or b"_format=csv" in scope.get("query_string", b"")

            async def send_guarded(message: dict[str, Any]) -> None:
                nonlocal is_csv
                if is_csv and message["type"] == "http.response.body":
                    message = {**message, "body": _safe_csv(message.get("body", b""))}
                if message["type"] == "http.response.start":
                    # A mistake is answered with a page.
                    is_csv = is_csv and message["status"] == 200
                    kept = [(name, value) for name, value in message["headers"] if name.lower() not in _HEADERS]
                    message = {**message, "headers": [*kept, *_HEADERS.items()]}
                await send(message)

            if self._hosts is not None and _host(scope) not in self._hosts:
                # A page elsewhere that had its own name point to this machine would else read what is served here.
                await Response.text("This server answers to its own address only.", status=400).asgi_send(send_guarded)
                return
            await app(scope, receive, send_guarded)

        return guarded

    async def _page(
        self,
        datasette: Datasette,
        request: Request,
        template: str,
        make: Callable[..., dict[str, Any]],
        *args: Any,
        **named: Any,
    ) -> Response:
        context = await _in_thread(make, *args, **named)
        return Response.html(await datasette.render_template(template, context, request))


async def _in_thread(make: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """The store is read beside the server's own thread."""
    return await asyncio.to_thread(make, *args, **named)


def web_address(url: str | None) -> str | None:
    """``url`` where a browser may be sent there; None for what is no web address."""
    try:
        scheme = urlsplit(url or "").scheme
    except ValueError:
        return None
    return url if scheme in ("http", "https") else None


def _said(exception: Exception) -> tuple[int, str]:
    if isinstance(exception, NoSuchPage):
        return 404, plain(exception.key, **exception.values)
    interrupted = QueryInterrupted in (type(exception), type(exception.__context__), type(exception.__cause__))
    if interrupted:
        return 400, plain("too_long", seconds=configuration.TIME_LIMIT)
    if isinstance(exception, NotFound):
        return 404, plain("not_found")
    if isinstance(exception, DatasetteError):
        return exception.status, str(exception.message)
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0])
    if isinstance(exception, StoreError):
        return 503, str(exception)
    logger.error("A page could not be made", exc_info=exception)
    return 500, plain("fault", kind=type(exception).__name__)


def _safe_csv(part: bytes) -> bytes:
    """Whole rows of a CSV answer, as Datasette sends them, without texts that a spreadsheet would run as formulas."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    for row in csv.reader(io.StringIO(part.decode("utf-8"), newline="")):
        writer.writerow([safe_text(text) for text in row])
    return written.getvalue().encode("utf-8")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None


def _host(scope: Scope) -> str:
    """The name or address that was asked for, without its port; ``loopback`` for any address of this machine itself."""
    stated = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    try:
        name = urlsplit(f"//{stated}").hostname or ""
        return "loopback" if ip_address(name).is_loopback else name
    except ValueError:
        return stated.partition(":")[0].lower()


@lru_cache(maxsize=1)
def _stylesheet() -> bytes:
    return (files("govreports.browse") / "browse.css").read_bytes()
