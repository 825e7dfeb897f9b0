"""What comes from elsewhere: under which licences, in which versions, with which digests."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
RUN_TIME = ("documents", "ocr", "browser", "browse", "export", "postgresql", "queue")
"""Extras of requirements.lock: all that a crawl, its documents and its readers need."""

ALLOWED = re.compile(
    r"(?:OSI Approved|0BSD|(?:The )?(?:MIT|BSD|ISC|Apache|PSF|Zlib|CC0|ZPL|MPL|Python Software Foundation|Public Domain"
    r"|Mozilla Public License 2\.0|3-Clause BSD|Copyright \(c\) 20).*)",
    re.IGNORECASE,
)
DUTY_TO_PUBLISH = re.compile(r"GPL|General Public|SSPL|Server Side|Business Source|Commons Clause|EUPL", re.IGNORECASE)
CHOICES = {
    "text-unidecode": "Artistic License, or the GPL as one likes; only tests come to it, by frictionless",
    "pypdfium2": "BSD-3-Clause and Apache-2.0; the words behind name the licences of what PDFium links",
    "kiwisolver": "BSD; its metadata begin with a line of signs",
    "matplotlib": "PSF; its metadata hold the agreement itself",
}
"""Packages whose metadata do not say it in one word, and what their licence file says."""


def installed(name: str, *extras: str) -> dict[str, Distribution]:
    """What an installation of ``name`` brings along here, itself included."""
    found: dict[str, Distribution] = {}

    def walk(wanted: str, chosen: tuple[str, ...]) -> None:
        key = canonicalize_name(wanted)
        if key in found and not chosen:
            return
        try:
            found[key] = distribution(wanted)
        except PackageNotFoundError:
            # Another system's, or another Python's.
            return
        for line in found[key].requires or ():
            required = Requirement(line)
            environments = [{"extra": extra} for extra in chosen or ("",)]
            if required.marker is None or any(required.marker.evaluate(one) for one in environments):
                walk(required.name, tuple(required.extras))

    walk(name, extras)
    return found


def licences(package: Distribution) -> list[str]:
    """The parts of what a package says of its licence."""
    said = package.metadata
    if expression := said.get("License-Expression"):
        return re.split(r" (?:AND|OR) |[()]", expression)
    lines = [line for line in said.get_all("Classifier") or () if line.startswith("License ::")]
    classifiers = [line.rpartition("::")[2].strip() for line in lines]
    return classifiers or [(said.get("License") or "").split("\n")[0]]


def is_allowed(part: str) -> bool:
    """Whether one part of a licence's name is a permissive one's, or says nothing."""
    return not part or (ALLOWED.fullmatch(part) is not None and DUTY_TO_PUBLISH.search(part) is None)


def test_no_licence_asks_to_publish_what_is_built_on_it() -> None:
    packages = installed("govreports", "test")
    assert len(packages) > 100
    said = {name: licences(package) for name, package in packages.items() if name not in CHOICES}
    doubtful = {name: parts for name, parts in said.items() if not any(parts) or not all(map(is_allowed, parts))}
    assert doubtful == {}


def pinned(file: str) -> dict[str, str]:
    """Versions by name."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line and not line.startswith((" ", "#")))


def test_both_files_of_versions_name_the_same() -> None:
    constraints, lock = pinned("constraints.txt"), pinned("requirements.lock")
    assert {name: version for name, version in lock.items() if constraints.get(name) != version} == {}


def test_all_that_runs_is_locked_with_digests() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.findall(r"^([a-z0-9-]+)==\S+ \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", lock, re.MULTILINE)
    assert len(entries) == len(pinned("requirements.lock"))
    needed = set(installed("govreports", *RUN_TIME)) - {"govreports"}
    assert needed - {name for name, _ in entries} == set()


def test_every_range_has_its_exact_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    names = {canonicalize_name(Requirement(line).name) for line in lines} - {"govreports"}
    assert names - set(pinned("constraints.txt")) == set()
