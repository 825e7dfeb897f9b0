"""The code of the CMS families that can be crawled."""

from __future__ import annotations

from govreports.spiders.generic import Generic, Xian
from govreports.spiders.gkmlpt import Gkmlpt
from govreports.spiders.gongkai import Gongkai
from govreports.spiders.hanweb import HanwebJpaas, HanwebJpage, HanwebXxgk
from govreports.spiders.listing import Family
from govreports.spiders.lonsun import Lonsun
from govreports.spiders.nfcms import Nfcms
from govreports.spiders.pc_list import PcList
from govreports.spiders.trs import Trs
from govreports.spiders.ucap import Ucap
from govreports.spiders.vsb import Vsb

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
