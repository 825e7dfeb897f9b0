"""Fuzzing by coverage: ``python -m fuzz [TARGET…] [--bytes N] [--folder FOLDER] [--keep]``, one target after another.

Each target runs in a process of its own until N bytes were generated or a finding is made. Inputs that reached new
code stay in FOLDER and are where the next run begins; a finding is a file ``crash-…`` or ``timeout-…`` there, and is
said at the end. With ``--keep`` the telling inputs are packed into the test suite.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from fuzz import corpus
from fuzz.seeds import seeds_of
from fuzz.targets import TARGETS

SECONDS = 25
"""Time for one input, in which a whole report is read some hundred times; reading by instrumented code is slow."""
MEMORY_MIB = 3000
"""Memory of a whole run, with the libraries' models for pictures."""


def main() -> int:
    """Run the targets; 1 where one has a finding."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET")
    parser.add_argument("--bytes", type=int, default=10_000_000, help="bytes to generate for each target")
    parser.add_argument("--folder", type=Path, default=Path("fuzzing"), help="where inputs and findings go")
    parser.add_argument("--keep", action="store_true", help="pack telling inputs into tests/fuzzing/corpus")
    parser.add_argument("--account", action="store_true", help="enter the runs into the documentation")
    given = parser.parse_args()
    failed = []
    for name in given.targets or TARGETS:
        account = run(name, size=given.bytes, folder=given.folder)
        print(json.dumps(account), flush=True)
        if account["findings"]:
            failed.append(name)
        elif given.account:
            corpus.enter([account])
        if given.keep:
            corpus.keep(name, given.folder / name / "inputs")
    if failed:
        print(f"Findings in {', '.join(failed)}: see {given.folder}.", file=sys.stderr)
    return int(bool(failed))


def run(name: str, *, size: int, folder: Path) -> dict[str, Any]:
    """Fuzz one target: runs, bytes, the longest input and the slowest, and the files of its findings."""
    own = folder.absolute() / name
    inputs = own / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    target = TARGETS[name]
    for data in [*seeds_of(name), *(data for _, data in corpus.kept(name))]:
        cut = data[: target.longest]
        if len(cut) < target.shortest:
            continue
        (inputs / hashlib.sha256(cut).hexdigest()[:40]).write_bytes(cut)
    account = own / "account.json"
    account.unlink(missing_ok=True)
    options = [
        f"-timeout={SECONDS}",
        f"-rss_limit_mb={MEMORY_MIB}",
        f"-artifact_prefix={own}/",
        "-len_control=0",
        "-prefer_small=0",
    ]
    command = [sys.executable, "-m", "fuzz.one", name, str(size), str(account), *options, str(inputs)]
    with (own / "log").open("w") as log:
        code = subprocess.run(command, stdout=log, stderr=log, check=False, env=os.environ).returncode
    found = sorted(path.name for path in own.iterdir() if path.name.partition("-")[0] in ("crash", "timeout", "oom"))
    told = json.loads(account.read_text("utf-8")) if account.exists() else {"target": name, "runs": 0, "bytes": 0}
    return {**told, "inputs": len(list(inputs.iterdir())), "findings": found, "code": code}


if __name__ == "__main__":
    sys.exit(main())
