"""The thresholds of the monitors, as the package has them or as a user changed them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from govreports.monitors.errors import ThresholdsError

Thresholds = Mapping[str, Mapping[str, float]]
"""Monitor → name → value."""


@lru_cache(maxsize=4)
def load_thresholds(changes: str = "") -> Thresholds:
    """The package's thresholds, with those of the TOML file ``changes`` in their place. Raises ThresholdsError."""
    with files("govreports.monitors").joinpath("thresholds.toml").open("rb") as source:
        known: dict[str, dict[str, float]] = tomllib.load(source)
    if not changes:
        return known
    try:
        data = tomllib.loads(Path(changes).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ThresholdsError(
            f"GOVREPORTS_THRESHOLDS: {changes} cannot be read ({error}); mend the file or leave it out."
        ) from error
    for monitor, values in data.items():
        if monitor not in known or not isinstance(values, dict):
            raise ThresholdsError(
                f"GOVREPORTS_THRESHOLDS: {changes} speaks of {monitor!r}; the monitors are {', '.join(known)}."
            )
        for name, value in values.items():
            if name not in known[monitor]:
                raise ThresholdsError(
                    f"GOVREPORTS_THRESHOLDS: {changes}: {monitor} has no {name!r} but {', '.join(known[monitor])}."
                )
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise ThresholdsError(f"GOVREPORTS_THRESHOLDS: {changes}: {monitor}.{name} must be a number from 0 on.")
            known[monitor][name] = value
    return known
