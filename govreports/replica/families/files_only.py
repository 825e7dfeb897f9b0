"""A column whose lines lead straight to files: no report has a page of its own."""

from __future__ import annotations

from typing import Any

from govreports.replica.families.trs import TrsPortal
from govreports.replica.faults import Answer, Ask
from govreports.replica.files import report_docx
from govreports.replica.portal import Item


class FilesOnlyPortal(TrsPortal):
    """A TRS column of Word documents, each written when it is first asked for."""

    def __init__(self, portal_id: str, **site: Any) -> None:
        self._written: dict[tuple[str, int], bytes] = {}
        super().__init__(portal_id, **site)

    def article_path(self, item: Item) -> str:
        """``P0<digits>.docx`` in the month's folder."""
        return f"{super().article_path(item).rpartition('/')[0]}/P0{item.published:%Y%m%d}{item.number}.docx"

    def family_answer(self, ask: Ask) -> Answer | str | None:
        for item in self.items:
            if item.report is not None and ask.path == self.article_path(item):
                if item.report.key not in self._written:
                    self._written[item.report.key] = report_docx(item.report)
                return Answer(body=self._written[item.report.key], content_type="application/msword")
        return super().family_answer(ask)
