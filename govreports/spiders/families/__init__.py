"""The code of the CMS families that can be crawled."""

from __future__ import annotations

from govreports.registry.portal import Portal
from govreports.spiders.families.generic import Generic, Xian
from govreports.spiders.families.gkmlpt import Gkmlpt
from govreports.spiders.families.gongkai import Gongkai
from govreports.spiders.families.hanweb import HanwebJpaas, HanwebJpage, HanwebXxgk
from govreports.spiders.families.lonsun import Lonsun
from govreports.spiders.families.nfcms import Nfcms
from govreports.spiders.families.pc_list import PcList
from govreports.spiders.families.trs import Trs
from govreports.spiders.families.ucap import Ucap
from govreports.spiders.families.vsb import Vsb
from govreports.spiders.listing import Family
from govreports.spiders.traits import known_families

_CRAWLED: tuple[type[Family], ...] = (
    Trs,
    Gongkai,
    Gkmlpt,
    Nfcms,
    Lonsun,
    Vsb,
    Xian,
    Generic,
    HanwebJpage,
    HanwebJpaas,
    HanwebXxgk,
    Ucap,
    PcList,
)
FAMILIES: dict[str, type[Family]] = {family.name: family for family in _CRAWLED}
"""Families that can be crawled, by name."""


def why_not_crawlable(entry: Portal) -> str | None:
    """Why a portal cannot be crawled yet, as the rest of a sentence; None when it can."""
    if not entry.crawlable:
        return f"{(entry.reason or '').removesuffix('.')}."
    if entry.family not in FAMILIES:
        title = known_families()[entry.family].title
        return f"its family {entry.family} ({title}) is known but not supported yet."
    return None
