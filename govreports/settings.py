"""Scrapy settings of the project. Each value that differs from Scrapy's default names the default and says why."""

from __future__ import annotations

import os
from importlib.metadata import version

# Default "scrapybot": names the project in logs.
BOT_NAME = "govreports"

# Default "scrapy.spiderloader.SpiderLoader": spiders are made from registry entries instead of being found in modules.
SPIDER_LOADER_CLASS = "govreports.registry.spider_loader.RegistrySpiderLoader"
# Default "": the project's own commands, `crawl` among them.
COMMANDS_MODULE = "govreports.commands"

# --- What users set, from the environment -------------------------------------------------------------------------

# Where records go. Any SQLAlchemy URL.
GOVREPORTS_DATABASE_URL = os.environ.get("GOVREPORTS_DATABASE_URL") or "sqlite:///data/govreports.sqlite"
# Where archives and exports go.
GOVREPORTS_DATA_DIR = os.environ.get("GOVREPORTS_DATA_DIR") or "data"
# A folder of registry files; empty for the registry that comes with the package.
GOVREPORTS_PORTALS = os.environ.get("GOVREPORTS_PORTALS") or ""
# Host suffixes and addresses that may be contacted, comma-separated. A port is never part of it.
GOVREPORTS_ALLOWED_HOSTS = os.environ.get("GOVREPORTS_ALLOWED_HOSTS", "gov.cn")
# Networks into which allowed names may lead besides public addresses, comma-separated: 198.18.0.0/15 behind a proxy
# that answers for names itself. Addresses that GOVREPORTS_ALLOWED_HOSTS names need not stand here.
GOVREPORTS_ALLOWED_NETWORKS = os.environ.get("GOVREPORTS_ALLOWED_NETWORKS", "")
# An e-mail address or web page of whoever runs the crawler; goes into the user agent.
GOVREPORTS_CONTACT = os.environ.get("GOVREPORTS_CONTACT") or ""
# A Redis by which workers share portals (crawlall --queue) and take turns on hosts; empty for none.
GOVREPORTS_REDIS_URL = os.environ.get("GOVREPORTS_REDIS_URL") or ""
# A date that is taken for today's, to rehearse what a later day will bring; empty for the machine's clock.
GOVREPORTS_TODAY = os.environ.get("GOVREPORTS_TODAY") or ""

# --- Monitors and alerts ------------------------------------------------------------------------------------------

# Whether crawls of portals of the registry are judged at all.
GOVREPORTS_MONITORS = True
# A TOML file that changes thresholds of the monitors; empty for those that come with the package.
GOVREPORTS_THRESHOLDS = os.environ.get("GOVREPORTS_THRESHOLDS") or ""
# A file that alerts are appended to, one JSON object a line; empty for none.
GOVREPORTS_ALERTS_FILE = os.environ.get("GOVREPORTS_ALERTS_FILE") or ""
# Who is told by e-mail, comma-separated; empty for nobody.
GOVREPORTS_MAIL_TO = os.environ.get("GOVREPORTS_MAIL_TO") or ""
# Who the e-mail comes from; empty for govreports at this machine.
GOVREPORTS_MAIL_FROM = os.environ.get("GOVREPORTS_MAIL_FROM") or ""
# The mail server. Scrapy's own MAIL_ settings are not used: it prints them into the log.
GOVREPORTS_SMTP_HOST = os.environ.get("GOVREPORTS_SMTP_HOST") or ""
# Its port; empty for the usual one (587 with starttls, 465 with tls, 25 with none).
GOVREPORTS_SMTP_PORT = os.environ.get("GOVREPORTS_SMTP_PORT") or ""
# starttls, tls or none.
GOVREPORTS_SMTP_SECURITY = os.environ.get("GOVREPORTS_SMTP_SECURITY") or "starttls"
# The login, where the server asks for one.
GOVREPORTS_SMTP_USER = os.environ.get("GOVREPORTS_SMTP_USER") or ""
GOVREPORTS_SMTP_PASSWORD = os.environ.get("GOVREPORTS_SMTP_PASSWORD") or ""
# An address that alerts are posted to as JSON; empty for none.
GOVREPORTS_WEBHOOK_URL = os.environ.get("GOVREPORTS_WEBHOOK_URL") or ""

# --- Lists drawn by script ----------------------------------------------------------------------------------------

# Whether list pages are fetched with a browser; a portal's registry entry says the same with browser = true.
GOVREPORTS_BROWSER = False
# The Chromium to use; empty for the first one that the system has.
GOVREPORTS_CHROMIUM = os.environ.get("GOVREPORTS_CHROMIUM") or ""

# --- Many portals in one run --------------------------------------------------------------------------------------

# Portals that crawlall crawls at a time. Each is asked about once a second, so that one core reads what eight send.
GOVREPORTS_PARALLEL_PORTALS = 8

# --- Guards against endless lists ---------------------------------------------------------------------------------

# List pages of one column. The longest known columns have some dozens.
GOVREPORTS_MAX_PAGES = 200
# Columns of one portal. A city with all its organs and years stays below.
GOVREPORTS_MAX_COLUMNS = 2000
# Reports asked for in one crawl. A city with all its bodies has some thousands; beyond, somebody makes them up.
GOVREPORTS_MAX_REPORTS = 20_000
# Bytes of one list page, its pictures not among them: the longest known have 2 million.
GOVREPORTS_MAX_LIST_BYTES = 16 * 1024 * 1024

# --- Guards against documents without end -------------------------------------------------------------------------

# Seconds in which a document must be read: a scan of forty pages takes some minutes on a slow machine.
GOVREPORTS_DOCUMENT_SECONDS = 600

# --- What was seen before ------------------------------------------------------------------------------------------

# Whether pages that look unchanged are fetched, too; for one crawl, -a full=1 does the same.
GOVREPORTS_FULL = False
# Reports of that many last years are asked for at each crawl: it is these that bodies correct.
GOVREPORTS_RECHECK_YEARS = 3

# --- Attachments --------------------------------------------------------------------------------------------------

# Files fetched from one page. A page that collects the reports of all bodies of a city has some dozens.
GOVREPORTS_MAX_ATTACHMENTS = 100
# Pictures fetched from one page. A report whose pages are pictures has about ten; beyond, it is an album.
GOVREPORTS_MAX_PICTURES = 30
# Bytes of one attachment. The largest scanned reports have some dozens of MiB.
GOVREPORTS_MAX_ATTACHMENT_BYTES = 64 * 1024 * 1024

# --- Manners ------------------------------------------------------------------------------------------------------

# Default "Scrapy/VERSION (+https://scrapy.org)": operators of portals should see who asks, and whom to write to.
USER_AGENT = (
    f"govreports/{version('govreports')} (annual disclosure reports, for research; "
    f"contact: {GOVREPORTS_CONTACT or 'not given by the operator of this crawl'})"
)
# Default False: some portals say Disallow, and that is to be respected.
ROBOTSTXT_OBEY = True
# Default 8: portals run on small machines, and concurrency makes them refuse or slow down.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Default 0: one request a second at most. It must not be 0: then the limit of one connection a host is void.
DOWNLOAD_DELAY = 1.0
# Default 0.5, named here because the delay relies on it: half a second to one and a half.
DOWNLOAD_DELAY_JITTER = 0.5
# Default False: a portal that answers slowly is asked more slowly.
AUTOTHROTTLE_ENABLED = True
# Default 5.0: the delay above is a gentle beginning already.
AUTOTHROTTLE_START_DELAY = 1.0
# Default 60.0: a portal that takes longer than this to answer fails by timeout anyway.
AUTOTHROTTLE_MAX_DELAY = 30.0
# Default "Accept-Language: en": some portals serve an English site to those who ask for English.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}

# --- Transport ----------------------------------------------------------------------------------------------------

# Default 180: portals that answer at all answer within a minute.
DOWNLOAD_TIMEOUT = 60
# Default "scrapy.resolver.CachingThreadedResolver": this one is the same, but does not find names that lead into a
# private network.
TWISTED_DNS_RESOLVER = "govreports.middlewares.private_addresses.PublicResolver"
# Default 60 for name look-ups: the same.
DNS_TIMEOUT = 20
# Default 1 GiB: the largest report, a scan, has some dozens of MiB.
DOWNLOAD_MAXSIZE = 128 * 1024 * 1024
# Default 2: portals are often gone for a moment, and one retry more costs little.
RETRY_TIMES = 3
# Default -1: retries come when the rest is done, to give the portal time.
RETRY_PRIORITY_ADJUST = -10
# Default "ERROR": a page that was not had is an outcome of the crawl, which says so itself.
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
# Default 20: a chain this long is protection by cookies, not a move.
REDIRECT_MAX_TIMES = 8

# Default False: an expired or foreign certificate is to be known, and let pass only where the registry says so.
DOWNLOAD_VERIFY_CERTIFICATES = True
# Default for https: Scrapy's HTTP/1.1 handler. This one is the same, and has a lenient context beside it.
DOWNLOAD_HANDLERS = {"https": "govreports.middlewares.tls.HttpsHandler"}

# --- Duties, one component each -----------------------------------------------------------------------------------

# Default {}. Bodies reach the spider and the archive with their content encoding (gzip, br) undone by Scrapy;
# headers are those received, less the Content-Encoding that no longer holds.
DOWNLOADER_MIDDLEWARES = {
    # Before everything, robots.txt (100) included: a host that is not allowed is not asked anything.
    "govreports.middlewares.allowed_hosts.AllowedHostsMiddleware": 10,
    # Before anything goes out.
    "govreports.middlewares.sizes.SizesMiddleware": 15,
    # A health check of one report needs no further lists.
    "govreports.middlewares.sampled.SampledMiddleware": 20,
    # Last of all: only what really goes to a host waits until the other portals on it are done with their request.
    "govreports.middlewares.host_turns.HostTurnsMiddleware": 1000,
    # Last before the network: what the archive answers has passed all guards, and retries do not see "not modified".
    "govreports.middlewares.unchanged.UnchangedMiddleware": 560,
    # Before decompression (590), which takes a part for the whole.
    "govreports.middlewares.packed_bodies.PackedBodiesMiddleware": 595,
    # In the place of Scrapy's own, at its place.
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "govreports.middlewares.cookies.OwnHostCookiesMiddleware": 700,
    # After decompression (590), redirects (600) and retries (550) have had the answer.
    "govreports.middlewares.blocked.BlockedMiddleware": 540,
    # After that, as a blocked answer need not be parsed; before whatever parses.
    "govreports.middlewares.crowded_pages.CrowdedPagesMiddleware": 537,
    "govreports.middlewares.error_pages.ErrorPagesMiddleware": 535,
    # Before redirects (600) and retries (550) get an answer or error: first TLS, then the other scheme.
    "govreports.middlewares.scheme.SchemeFallbackMiddleware": 610,
    "govreports.middlewares.tls.TlsFallbackMiddleware": 620,
    # First of all that see an error: no retry and no other scheme leads a name elsewhere.
    "govreports.middlewares.private_addresses.PrivateAddressesMiddleware": 630,
}
# Default {}: a page is kept as received before anything is read out of it.
ITEM_PIPELINES = {
    "govreports.pipelines.archive.ArchivePipeline": 100,
    "govreports.pipelines.extract.ExtractPipeline": 200,
    "govreports.pipelines.check.CheckPipeline": 300,
    "govreports.pipelines.store.StorePipeline": 400,
}
# Default {}: each run leaves a record of how complete it was.
EXTENSIONS = {"govreports.extensions.run_records.RunRecords": 500}

# Default 5000000 bytes of pages that wait to be read, for each portal: parsed they take ten times that, and many
# portals are crawled side by side. A portal that answers faster than its pages can be read waits for them.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1_000_000

# --- What else differs --------------------------------------------------------------------------------------------

# Default 100: for every answer Scrapy begins as many tasks, and a page yields one item, a list only requests.
CONCURRENT_ITEMS = 4
# Default True: it opens a port, and nobody here talks to it.
REMOTE_CONTROL_ENABLED = False
# Default True: likewise.
TELNETCONSOLE_ENABLED = False
# Default {}: a handler of our own for the log, which hides secrets and can write JSON.
ADDONS = {"govreports.logs.Logs": 100}
# Whether the log is one JSON object a line; --log-json does the same.
GOVREPORTS_LOG_JSON = os.environ.get("GOVREPORTS_LOG_JSON", "").lower() in ("1", "yes", "true")
# Default "DEBUG": one line a request drowns what matters.
LOG_LEVEL = "INFO"
# Default: eight libraries and the platform, on ten lines before each crawl. `govreports version -v` prints them.
LOG_VERSIONS: list[str] = []
# Default None, which writes Chinese as \uXXXX into JSON feeds.
FEED_EXPORT_ENCODING = "utf-8"
