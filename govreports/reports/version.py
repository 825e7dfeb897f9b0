"""Which parser this is: a digest of all that decides how bytes become a report.

A number that somebody has to raise is forgotten, above all when a label or a title rule changes in a data file. The
digest cannot be; where a change alters nothing that is read, reading again finds nothing to write.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_ROOMS: Final = ("documents", "reports")
_STEPS: Final = ("issues.py", "interpretation.py")
"""What stands outside of the rooms and has a say in the outcome, too."""
_NO_STEPS: Final = frozenset(("reports/explanation.py",))
"""What stands inside of them and only tells, afterwards, why a report says what it says."""
_KINDS: Final = (".py", ".toml")


def digest_of_parser(package: Traversable) -> str:
    """The version of the parser in a copy of this package."""
    digest = hashlib.blake2b(digest_size=6)
    sources = [*(found for room in _ROOMS for found in _sources(package.joinpath(room), room))]
    sources += [(step, package.joinpath(step)) for step in _STEPS]
    steps = (named for named in sources if named[0] not in _NO_STEPS)
    for name, source in sorted(steps, key=lambda named: named[0]):
        # A checkout may write line ends in its own way.
        content = source.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _sources(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(_KINDS):
            yield f"{path}/{entry.name}", entry


PARSER_VERSION: Final = digest_of_parser(files("govreports"))
"""Twelve hexadecimal digits, the same on every machine that has the same sources."""
