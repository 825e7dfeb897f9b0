"""The Frictionless data package: which files there are, what is in their columns, where it all came from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from govreports.store.dictionary import Column, View

_TYPES: Final = {"figure": "number", "datetime": "datetime"}
_MEDIA: Final = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".sqlite": "application/vnd.sqlite3",
}
TITLE: Final = "中国政府信息公开工作年度报告统计数据 · Statistics of Chinese government information disclosure reports"
_KEYED: Final = {
    **dict.fromkeys(("report_list", "requests_table", "proactive_table", "disputes_table"), "report_id"),
    **dict.fromkeys(("report_totals", "indicators"), "report_id"),
    "body_list": "body_id",
    "document_list": "document_id",
    "code_form": "form",
    "division": "code",
}
"""Views whose rows are told apart by one column."""


def data_package(*, files: Iterable[tuple[Path, View | None]], created: datetime, software: str) -> dict[str, Any]:
    """The descriptor. ``files`` are paths inside of the folder, each with the view that it shows."""
    return {
        "name": "govreports",
        "title": TITLE,
        "created": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "version": created.strftime("%Y.%m.%d"),
        "profile": "data-package",
        "description": f"Written by {software}. README.md says how it was made, what it covers and how to cite it.",
        "sources": [{"title": "Annual reports on government information disclosure, as published on gov.cn portals"}],
        "resources": [_resource(path, view) for path, view in files],
    }


def _resource(path: Path, view: View | None) -> dict[str, Any]:
    kind = path.suffix.removeprefix(".")
    resource: dict[str, Any] = {
        "name": f"{path.stem.replace('_', '-')}-{kind}",
        "path": path.as_posix(),
        "format": kind,
        "mediatype": _MEDIA[path.suffix],
    }
    if view is not None:
        resource |= {"title": f"{view.title} · {view.title_en}"}
    if view is not None and kind == "csv":
        return resource | {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _schema(view)}
    # A file among others: its own format says what its columns hold.
    return resource | {"profile": "data-resource", "type": "file"}


def _schema(view: View) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in view.columns], "missingValues": [""]}
    if view.name in _KEYED:
        schema["primaryKey"] = [_KEYED[view.name]]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, column.type),
        "title": column.label,
        "description": column.label_en,
    }
    if column.unit:
        field["unit"] = column.unit
    return field
