"""Inputs that are kept: a zip of the most telling ones a target, and one file for each finding."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parent.parent / "tests" / "fuzzing" / "corpus"
FINDINGS = KEPT.parent / "findings"
ACCOUNT = Path(__file__).parent / "account.json"
"""What the longest runs did, by target; ``python -m fuzz --account`` writes it, and the table of the documentation."""
PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
KEPT_INPUTS = 60
"""Inputs of one target that are kept."""
KEPT_BYTES = 60_000
"""Their size before packing."""


def kept(target: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each kept input of a target, findings first."""
    for path in sorted((FINDINGS / target).glob("*")):
        yield path.name, path.read_bytes()
    packed = KEPT / f"{target}.zip"
    if packed.exists():
        with zipfile.ZipFile(packed) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())


def keep(target: str, folder: Path) -> int:
    """Pack the inputs of ``folder``, the shortest first, as the kept ones of a target; how many they are."""
    inputs = sorted((path.read_bytes() for path in folder.iterdir()), key=lambda data: (len(data), data))
    # Short ones beside long ones: every step through the sizes.
    chosen: list[bytes] = []
    size = 0
    for data in inputs[:: max(1, len(inputs) // KEPT_INPUTS)]:
        if size + len(data) > KEPT_BYTES:
            break
        size += len(data)
        chosen.append(data)
    KEPT.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(KEPT / f"{target}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(chosen):
            # A date of its own would change the file each time.
            archive.writestr(zipfile.ZipInfo(f"{number:03}"), data, zipfile.ZIP_DEFLATED)
    return len(chosen)


def enter(accounts: Sequence[dict[str, Any]]) -> None:
    """Put runs into the account, each where it is longer than the one there, and the table into the documentation."""
    known = {row["target"]: row for row in json.loads(ACCOUNT.read_text("utf-8"))} if ACCOUNT.exists() else {}
    for account in accounts:
        row = {name: account[name] for name in ("target", "runs", "bytes", "slowest")}
        if row["bytes"] >= known.get(row["target"], {"bytes": 0})["bytes"]:
            known[row["target"]] = row
    rows = [known[name] for name in sorted(known)]
    ACCOUNT.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    before, mark, rest = PAGE.read_text("utf-8").partition("<!-- fuzzing -->\n")
    PAGE.write_text(
        before + mark + as_table(rows) + "\n<!-- /fuzzing -->" + rest.partition("<!-- /fuzzing -->")[2], "utf-8"
    )


def as_table(rows: Sequence[dict[str, Any]]) -> str:
    """The account in Markdown; the findings are those of all runs, each mended since."""
    lines = ["| target | inputs | bytes | slowest, s | findings, mended |", "|---|---|---|---|---|"]
    for row in rows:
        found = len(list((FINDINGS / row["target"]).glob("*")))
        lines.append(f"| `{row['target']}` | {row['runs']:,} | {row['bytes']:,} | {row['slowest']} | {found} |")
    return "\n".join(lines)
