"""Pages that consist of nothing but a script that leads on to another page."""

from __future__ import annotations

import re

from scrapy.http import TextResponse

_SMALL = 3000
# What is not closed goes on to the end, as in a browser: a search from each beginning would take for ever.
_SCRIPT = re.compile(r"<script\b[^<>]*>(.*?)(?:</script>|\Z)", re.IGNORECASE | re.DOTALL)
_PLAIN = re.compile(
    r"""^(?:<!--)?\s*(?:(?:window|top|self|parent|document)\.)*location(?:\.href)?\s*(?:=\s*|\.replace\()"""
    r"""["']([^"']+)["']\)?\s*;?\s*(?://\s*)?(?:-->)?$""",
    re.IGNORECASE,
)


def script_redirect(response: TextResponse) -> str | None:
    """Where a small page's only script leads, when it does nothing but lead there; None for other pages.

    A challenge computes something first; a plain address in quotes is the site's own doing.
    """
    if len(response.body) > _SMALL:
        return None
    scripts = [script.strip() for script in _SCRIPT.findall(response.text) if script.strip()]
    if len(scripts) != 1:
        return None
    found = _PLAIN.match(scripts[0])
    return found[1] if found else None
