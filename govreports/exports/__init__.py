"""Analyst files: a dated folder that holds what the views show in several formats, and explains itself."""

from __future__ import annotations

from govreports.exports.folder import FORMATS, Exported, ExportError, Format, export

__all__ = ["FORMATS", "ExportError", "Exported", "Format", "export"]
