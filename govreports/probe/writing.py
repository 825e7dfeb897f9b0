"""A proposed entry put into its registry file, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from govreports.probe.entry import Proposal
from govreports.registry import Registry


class NotWritten(Exception):
    """The registry is as it was; the message is one sentence for people."""


def write_entry(proposal: Proposal, *, folder: Path, new_file: str | None, read: Callable[[], Registry]) -> Path:
    """Append the entry to the file of its province in ``folder``, or to ``new_file`` where there is none; that file.

    ``read`` reads the registry anew: an entry with mistakes is taken out again. Raises NotWritten.
    """
    name = proposal.file or new_file
    if name is None:
        raise NotWritten("the registry has no file for this province: name one with --file, as hubei.toml.")
    path = folder / name
    try:
        before = path.read_text("utf-8") if path.exists() else None
        head = f"{before.rstrip()}\n" if before is not None else proposal.head
        path.write_text(f"{head}\n{proposal.toml()}", "utf-8")
    except OSError as error:
        raise NotWritten(
            f"{path} cannot be written ({error.strerror}); nothing was changed: "
            "make it writable, or put in by hand what is printed."
        ) from error
    registry = read()
    if proposal.values["id"] in registry.portals:
        return path
    if before is None:
        path.unlink()
    else:
        path.write_text(before, "utf-8")
    mistakes = "; ".join(str(finding) for finding in registry.findings if finding.file == name)
    raise NotWritten(f"nothing was written, because the entry has mistakes: {mistakes}")
