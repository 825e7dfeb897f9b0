"""Pages as the tests of this room open them."""

from __future__ import annotations

from pathlib import Path

from govreports.debugging.received import Received, receive
from govreports.debugging.specimen import Specimen, examine

VARIATIONS = Path(__file__).parents[1] / "reports" / "variations"


def variation(name: str) -> Specimen:
    """One of the variations of real reports, by the beginning of its name."""
    (path,) = (path for path in VARIATIONS.iterdir() if path.name.startswith(name) and path.suffix != ".json")
    return examine(receive(str(path), database_url="sqlite:///none", archive=Path("none")))


def of_html(body: str) -> Specimen:
    """A page with this body."""
    page = f'<html><head><meta charset="utf-8"><title>试验</title></head><body>{body}</body></html>'
    return examine(Received(source="page.html", url="file:///page.html", body=page.encode()))
