"""Telling alerts: each once on every way, and kept for the next run where a way is closed."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from govreports.monitors.errors import SinkError
from govreports.monitors.sinks import Sink
from govreports.store import Store
from govreports.store.alerts import claim, know_sinks, settle

logger = logging.getLogger(__name__)


def deliver(store: Store, sinks: Sequence[Sink]) -> None:
    """Tell everything that is still to be told, from earlier runs too. Raises StoreError only.

    An alert counts as told when its way took it. A process that dies between the two tells it again: at least once,
    and more often only then.
    """
    for sink in sinks:
        alerts = claim(store, sink.name)
        if not alerts:
            continue
        try:
            sink.send(alerts)
        except SinkError as error:
            settle(store, sink.name, alerts, error=str(error))
            logger.error("%d alerts are kept for the next run: %s.", len(alerts), error)
        else:
            settle(store, sink.name, alerts)


def prepare(store: Store, sinks: Sequence[Sink]) -> None:
    """Make ways known before a run, so that its alerts, and no older ones, are told on new ones."""
    know_sinks(store, [sink.name for sink in sinks])
