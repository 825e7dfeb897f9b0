"""What a spider tells of a report's page when it asks for it, so that one seen before need not be fetched again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

LISTED: Final = "govreports_listed"
"""Key of a request's meta, with a ``Listed``: the page was seen before, perhaps."""
KEPT: Final = "govreports_kept"
"""Flag of a response that came from the archive, because the page has not changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """How the list names a page now. ``year`` is the report year where it is known."""

    title: str | None
    listed_on: str | None
    year: int | None
    metadata: Mapping[str, str] = field(default_factory=dict)
