"""The store in a browser: Datasette over its views, and pages of our own for a report, its source, search and charts.

Nothing is written, nothing is fetched from elsewhere, and no page runs a script.
"""

from __future__ import annotations

from govreports.browse.server import BrowseError, serve

__all__ = ["BrowseError", "serve"]
