"""The analyst views as SQL, one file a view and revision (``<view>_<revision>.sql``).

A revision that changes a view brings a new file, drops the view and creates it from there; earlier files
stay, because earlier revisions read them. The SQL is the part that SQLite and PostgreSQL have in common.
"""

from __future__ import annotations

from importlib.resources import files


def view_sql(view: str, revision: str) -> str:
    """The CREATE VIEW statement of ``view`` as of ``revision``."""
    return files(__name__).joinpath(f"{view}_{revision}.sql").read_text(encoding="utf-8")
