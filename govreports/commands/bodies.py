"""``govreports bodies``: match all publishers to bodies anew, and show which matches are doubtful."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from govreports.usage import complain, has_store, refuse_arguments


class Command(ScrapyCommand):
    """Thin: matches, counts, prints."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        return "Match publishers to bodies anew, as after a correction in govreports/bodies/corrections.toml"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Exit code 0 when the bodies were matched, 1 when the store cannot be used."""
        refuse_arguments(self, args)
        # Here and not above: every command is imported at start, and these take half a second.
        from govreports.store import StoreError, open_store

        assert self.settings is not None
        url = self.settings["GOVREPORTS_DATABASE_URL"]
        if not has_store(self, url):
            return
        try:
            with open_store(url) as store:
                matched = store.match_bodies()
        except StoreError as error:
            complain(self, str(error))
            return
        print(
            f"{matched.names} names, {matched.bodies} bodies: {matched.of_several_names} with several names, "
            f"{matched.doubtful} doubtful (see doubts in body_list)."
        )
