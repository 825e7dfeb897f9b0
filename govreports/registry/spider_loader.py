"""Scrapy's view of the registry: each entry is a spider of its own."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from govreports.registry import Registry, load_registry, no_portal
from govreports.registry.hosts import AllowedHosts
from govreports.registry.portal import Portal
from govreports.spiders.traits import known_families

if TYPE_CHECKING:
    from govreports.spiders.portal import PortalSpider

COLUMN = "column"
"""The spider that crawls any column by its address."""

logger = logging.getLogger(__name__)


class RegistrySpiderLoader:
    """Finds spiders by portal id. Entries with mistakes are left out and said so once."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        if registry.findings:
            logger.warning("The portal registry has %d mistakes; see govreports checkportals.", len(registry.findings))

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read the registry that the settings name. Raises RegistryError or HostListError."""
        return cls(registry_of(settings))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider class of this name. Raises KeyError with a sentence that names close ids."""
        if spider_name == COLUMN:
            # The spiders bring every family's code with them: a command that crawls nothing starts without them.
            from govreports.spiders.column import ColumnSpider

            return ColumnSpider
        if (portal := self.registry.portals.get(spider_name)) is not None:
            return spider_class(portal)
        if mistakes := self.registry.mistakes_of(spider_name):
            raise KeyError(
                f"the registry entry of {spider_name} has a mistake: {mistakes[0]}; govreports checkportals shows all"
            )
        raise KeyError(no_portal(spider_name, self.list()))

    def list(self) -> list[str]:
        """All spiders by name: portals and ``column``."""
        return sorted([*self.registry.portals, COLUMN])

    def find_by_request(self, request: Request) -> list[str]:  # type: ignore[valid-type]
        """No spider: `shell` and `fetch` would crawl as the portal, and leave a record of a crawl that was none."""
        return []


def registry_of(settings: BaseSettings) -> Registry:
    """The registry that the settings name. Raises RegistryError or HostListError."""
    return load_registry(
        settings.get("GOVREPORTS_PORTALS"),
        families=known_families(),
        allowed=AllowedHosts.parse(settings["GOVREPORTS_ALLOWED_HOSTS"]),
    )


def spider_class(portal: Portal) -> type[PortalSpider]:
    """The spider class of a registry entry."""
    from govreports.spiders.portal import PortalSpider

    return type(
        f"{portal.id.title().replace('_', '')}Spider",
        (PortalSpider,),
        {
            "name": portal.id,
            "entry": portal,
            "start_urls": list(portal.start_urls),
            "__module__": PortalSpider.__module__,
            "__doc__": f"{portal.name}, crawled as its registry entry in {portal.file} says.",
        },
    )
