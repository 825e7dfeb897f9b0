"""Who publishes: one body over its years, names and spellings. Pure rules and data; the store keeps the outcome."""

from __future__ import annotations

from govreports.bodies.divisions import Division, Divisions, load_divisions
from govreports.bodies.index_codes import organisation_code
from govreports.bodies.matching import Body, Corrections, Sighting, load_corrections, match
from govreports.bodies.names import BodyName, Level, name_of

__all__ = [
    "Body",
    "BodyName",
    "Corrections",
    "Division",
    "Divisions",
    "Level",
    "Sighting",
    "load_corrections",
    "load_divisions",
    "match",
    "name_of",
    "organisation_code",
]
