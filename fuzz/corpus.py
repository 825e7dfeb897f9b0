"""Inputs that are kept: a zip of the most telling ones a target, and one file for each finding."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

KEPT = Path(__file__).parent.parent / "tests" / "fuzzing" / "corpus"
FINDINGS = KEPT.parent / "findings"
KEPT_INPUTS = 120
"""Inputs of one target that are kept."""
KEPT_BYTES = 120_000
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
